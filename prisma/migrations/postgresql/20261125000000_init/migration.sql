-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Conversation" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "state" TEXT,
    "turn" INTEGER NOT NULL,
    "fromTurn" INTEGER NOT NULL,
    "consentAt" TEXT,
    "seenOn" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AddressLink" (
    "address" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "linkedAt" TEXT NOT NULL,

    CONSTRAINT "AddressLink_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "InboundSeen" (
    "address" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "seenOn" TEXT NOT NULL,

    CONSTRAINT "InboundSeen_pkey" PRIMARY KEY ("address","eventId")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "conversation" TEXT,
    "caseId" TEXT,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "speaker" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TEXT,
    "leaseOwner" TEXT,
    "leaseUntil" TEXT,
    "failure" TEXT,
    "ambiguous" INTEGER NOT NULL DEFAULT 0,
    "platformIds" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Registration" (
    "id" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "sent" BOOLEAN NOT NULL DEFAULT false,
    "applicantName" TEXT,
    "legalForm" TEXT,
    "sector" TEXT,
    "craftVillage" TEXT,
    "supportWanted" TEXT,
    "workers" INTEGER,
    "annualRevenue" BIGINT,
    "totalCapital" BIGINT,
    "alreadyBought" TEXT,
    "fundedBefore" TEXT,
    "priority" TEXT,
    "taxCode" TEXT,
    "representative" TEXT,
    "phone" TEXT,
    "addressDetail" TEXT,
    "products" TEXT,
    "projectName" TEXT,
    "objective" TEXT,
    "totalCost" BIGINT,
    "requestedSupport" BIGINT,
    "ownCapital" BIGINT,
    "startDate" TEXT,
    "endDate" TEXT,
    "province" TEXT,
    "unitType" TEXT,
    "unit" TEXT,
    "formerProvince" TEXT,
    "verdict" TEXT,
    "verdictHolds" INTEGER,
    "verdictOf" INTEGER,
    "verdictOn" TEXT,
    "consentVersion" TEXT,
    "consentAt" TEXT,
    "ready" INTEGER NOT NULL DEFAULT 0,
    "readyOf" INTEGER NOT NULL DEFAULT 0,
    "missing" TEXT NOT NULL DEFAULT '',
    "rest" TEXT NOT NULL DEFAULT '{}',
    "changedAt" TEXT NOT NULL,

    CONSTRAINT "Registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Machine" (
    "registrationId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "quantity" INTEGER,
    "price" BIGINT,
    "rest" TEXT NOT NULL DEFAULT '{}',

    CONSTRAINT "Machine_pkey" PRIMARY KEY ("registrationId","place")
);

-- CreateTable
CREATE TABLE "Paper" (
    "registrationId" TEXT NOT NULL,
    "slot" TEXT NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "Paper_pkey" PRIMARY KEY ("registrationId","slot")
);

-- CreateTable
CREATE TABLE "PaperFile" (
    "registrationId" TEXT NOT NULL,
    "slot" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "fileId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "PaperFile_pkey" PRIMARY KEY ("registrationId","slot","place")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "province" TEXT,
    "conversation" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "officerId" TEXT,
    "officerName" TEXT,
    "question" TEXT,
    "openedAt" TEXT NOT NULL,
    "changedAt" TEXT NOT NULL,
    "outcome" TEXT,
    "withdrawn" BOOLEAN NOT NULL DEFAULT false,
    "raisedAt" TEXT,
    "version" INTEGER NOT NULL,
    "entryCount" INTEGER NOT NULL DEFAULT 0,
    "search" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "supports" TEXT NOT NULL,
    "verdict" TEXT,
    "ready" INTEGER NOT NULL DEFAULT 0,
    "readyOf" INTEGER NOT NULL DEFAULT 0,
    "rest" TEXT NOT NULL DEFAULT '{}',

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseEntry" (
    "caseId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "text" TEXT,
    "rest" TEXT NOT NULL DEFAULT '{}',

    CONSTRAINT "CaseEntry_pkey" PRIMARY KEY ("caseId","place")
);

-- CreateTable
CREATE TABLE "CaseSeries" (
    "series" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "CaseSeries_pkey" PRIMARY KEY ("series")
);

-- CreateTable
CREATE TABLE "RoomMessage" (
    "room" TEXT NOT NULL,
    "platformId" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "RoomMessage_pkey" PRIMARY KEY ("room","platformId")
);

-- CreateTable
CREATE TABLE "File" (
    "id" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "remote" TEXT,
    "bytes" BYTEA,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TEXT,
    "leaseUntil" TEXT,
    "at" TEXT NOT NULL,

    CONSTRAINT "File_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reminder" (
    "conversation" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("conversation","name")
);

-- CreateTable
CREATE TABLE "NotedQuestion" (
    "id" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "faq" TEXT,
    "at" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',

    CONSTRAINT "NotedQuestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Staff" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "provinces" TEXT NOT NULL DEFAULT '',
    "addedAt" TEXT NOT NULL,
    "removedAt" TEXT,

    CONSTRAINT "Staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffAccount" (
    "channel" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,

    CONSTRAINT "StaffAccount_pkey" PRIMARY KEY ("channel","userId")
);

-- CreateTable
CREATE TABLE "OneTimeCode" (
    "hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,
    "usedAt" TEXT,

    CONSTRAINT "OneTimeCode_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Session" (
    "hash" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "PlatformToken" (
    "id" TEXT NOT NULL,
    "accessToken" TEXT NOT NULL,
    "refreshToken" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "rotatedAt" TEXT NOT NULL,
    "leaseOwner" TEXT,
    "leaseUntil" TEXT,
    "status" TEXT NOT NULL,
    "lastError" TEXT,

    CONSTRAINT "PlatformToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "until" TEXT NOT NULL,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "Conversation_seenOn_idx" ON "Conversation"("seenOn");

-- CreateIndex
CREATE INDEX "AddressLink_conversation_idx" ON "AddressLink"("conversation");

-- CreateIndex
CREATE INDEX "InboundSeen_seenOn_idx" ON "InboundSeen"("seenOn");

-- CreateIndex
CREATE INDEX "Message_queue_position_idx" ON "Message"("queue", "position");

-- CreateIndex
CREATE INDEX "Message_status_queue_idx" ON "Message"("status", "queue");

-- CreateIndex
CREATE INDEX "Message_caseId_idx" ON "Message"("caseId");

-- CreateIndex
CREATE INDEX "Registration_conversation_idx" ON "Registration"("conversation");

-- CreateIndex
CREATE UNIQUE INDEX "Case_code_key" ON "Case"("code");

-- CreateIndex
CREATE INDEX "Case_status_openedAt_idx" ON "Case"("status", "openedAt");

-- CreateIndex
CREATE INDEX "Case_province_status_openedAt_idx" ON "Case"("province", "status", "openedAt");

-- CreateIndex
CREATE INDEX "Case_officerId_status_openedAt_idx" ON "Case"("officerId", "status", "openedAt");

-- CreateIndex
CREATE INDEX "Case_openedAt_idx" ON "Case"("openedAt");

-- CreateIndex
CREATE INDEX "Case_conversation_idx" ON "Case"("conversation");

-- CreateIndex
CREATE INDEX "RoomMessage_caseId_room_idx" ON "RoomMessage"("caseId", "room");

-- CreateIndex
CREATE INDEX "File_conversation_idx" ON "File"("conversation");

-- CreateIndex
CREATE INDEX "File_status_idx" ON "File"("status");

-- CreateIndex
CREATE INDEX "Reminder_at_idx" ON "Reminder"("at");

-- CreateIndex
CREATE INDEX "NotedQuestion_status_at_idx" ON "NotedQuestion"("status", "at");

-- CreateIndex
CREATE INDEX "StaffAccount_staffId_idx" ON "StaffAccount"("staffId");

-- CreateIndex
CREATE INDEX "OneTimeCode_kind_subject_idx" ON "OneTimeCode"("kind", "subject");

-- CreateIndex
CREATE INDEX "Session_staffId_idx" ON "Session"("staffId");

-- AddForeignKey
ALTER TABLE "Machine" ADD CONSTRAINT "Machine_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Paper" ADD CONSTRAINT "Paper_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperFile" ADD CONSTRAINT "PaperFile_registrationId_slot_fkey" FOREIGN KEY ("registrationId", "slot") REFERENCES "Paper"("registrationId", "slot") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseEntry" ADD CONSTRAINT "CaseEntry_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE CASCADE ON UPDATE CASCADE;
