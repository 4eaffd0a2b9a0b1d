-- CreateTable
CREATE TABLE "Conversation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "state" TEXT,
    "turn" INTEGER NOT NULL,
    "fromTurn" INTEGER NOT NULL,
    "consentAt" TEXT,
    "seenOn" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "AddressLink" (
    "address" TEXT NOT NULL PRIMARY KEY,
    "conversation" TEXT NOT NULL,
    "linkedAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "InboundSeen" (
    "address" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "seenOn" TEXT NOT NULL,

    PRIMARY KEY ("address", "eventId")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" TEXT NOT NULL PRIMARY KEY,
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
    "platformIds" TEXT NOT NULL DEFAULT ''
);

-- CreateTable
CREATE TABLE "Registration" (
    "id" TEXT NOT NULL PRIMARY KEY,
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
    "changedAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Machine" (
    "registrationId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "quantity" INTEGER,
    "price" BIGINT,
    "rest" TEXT NOT NULL DEFAULT '{}',

    PRIMARY KEY ("registrationId", "place"),
    CONSTRAINT "Machine_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Paper" (
    "registrationId" TEXT NOT NULL,
    "slot" TEXT NOT NULL,
    "state" TEXT NOT NULL,

    PRIMARY KEY ("registrationId", "slot"),
    CONSTRAINT "Paper_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration" ("id") ON DELETE CASCADE ON UPDATE CASCADE
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

    PRIMARY KEY ("registrationId", "slot", "place"),
    CONSTRAINT "PaperFile_registrationId_slot_fkey" FOREIGN KEY ("registrationId", "slot") REFERENCES "Paper" ("registrationId", "slot") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Case" (
    "id" TEXT NOT NULL PRIMARY KEY,
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
    "rest" TEXT NOT NULL DEFAULT '{}'
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

    PRIMARY KEY ("caseId", "place"),
    CONSTRAINT "CaseEntry_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CaseSeries" (
    "series" TEXT NOT NULL PRIMARY KEY,
    "last" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "RoomMessage" (
    "room" TEXT NOT NULL,
    "platformId" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    PRIMARY KEY ("room", "platformId")
);

-- CreateTable
CREATE TABLE "File" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "conversation" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "remote" TEXT,
    "bytes" BLOB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TEXT,
    "leaseUntil" TEXT,
    "at" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Reminder" (
    "conversation" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    PRIMARY KEY ("conversation", "name")
);

-- CreateTable
CREATE TABLE "NotedQuestion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "words" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "faq" TEXT,
    "at" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open'
);

-- CreateTable
CREATE TABLE "Staff" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "provinces" TEXT NOT NULL DEFAULT '',
    "addedAt" TEXT NOT NULL,
    "removedAt" TEXT
);

-- CreateTable
CREATE TABLE "StaffAccount" (
    "channel" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,

    PRIMARY KEY ("channel", "userId")
);

-- CreateTable
CREATE TABLE "OneTimeCode" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,
    "usedAt" TEXT
);

-- CreateTable
CREATE TABLE "Session" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "staffId" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "PlatformToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accessToken" TEXT NOT NULL,
    "refreshToken" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "rotatedAt" TEXT NOT NULL,
    "leaseOwner" TEXT,
    "leaseUntil" TEXT,
    "status" TEXT NOT NULL,
    "lastError" TEXT
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "owner" TEXT NOT NULL,
    "until" TEXT NOT NULL
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
