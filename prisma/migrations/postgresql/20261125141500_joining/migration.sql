-- AlterTable
ALTER TABLE "AddressLink" ADD COLUMN     "ownUpTo" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "shift" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Tries" (
    "name" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "until" TEXT NOT NULL,

    CONSTRAINT "Tries_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "Tries_until_idx" ON "Tries"("until");
