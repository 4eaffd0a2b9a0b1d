-- AlterTable
ALTER TABLE "AddressLink" ADD COLUMN "ownUpTo" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "AddressLink" ADD COLUMN "shift" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Tries" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "until" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "Tries_until_idx" ON "Tries"("until");
