-- AlterTable
ALTER TABLE "Announcement" ADD COLUMN     "picture" JSONB;

-- CreateTable
CREATE TABLE "Picture" (
    "id" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "about" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Picture_networkId_idx" ON "Picture"("networkId");

-- CreateIndex
CREATE INDEX "Picture_createdAt_idx" ON "Picture"("createdAt");

-- AddForeignKey
ALTER TABLE "Picture" ADD CONSTRAINT "Picture_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;
