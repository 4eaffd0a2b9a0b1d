-- CreateTable
CREATE TABLE "LawFlip" (
    "id" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "caseId" TEXT,
    "province" TEXT,
    "change" TEXT NOT NULL,
    "turned" TEXT NOT NULL,
    "toldOn" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "since" TEXT,
    "instruments" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'open',
    "foundAt" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TEXT,

    CONSTRAINT "LawFlip_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "LawFlip_status_foundAt_idx" ON "LawFlip"("status", "foundAt");

-- CreateIndex
CREATE INDEX "LawFlip_conversation_idx" ON "LawFlip"("conversation");

