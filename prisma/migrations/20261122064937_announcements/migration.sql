-- CreateTable
CREATE TABLE "Announcement" (
    "id" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'standing',
    "words" TEXT NOT NULL,
    "link" TEXT,
    "pin" BOOLEAN NOT NULL DEFAULT false,
    "postsAt" TIMESTAMPTZ(3) NOT NULL,
    "lateHours" INTEGER NOT NULL DEFAULT 12,
    "places" JSONB NOT NULL,
    "changedAt" TIMESTAMPTZ(3),
    "withdrawnAt" TIMESTAMPTZ(3),
    "struckIn" TEXT[],
    "checkAt" TIMESTAMPTZ(3),
    "createdBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Announcement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Announcement_networkId_postsAt_idx" ON "Announcement"("networkId", "postsAt");

-- CreateIndex
CREATE INDEX "Announcement_checkAt_idx" ON "Announcement"("checkAt");

-- AddForeignKey
ALTER TABLE "Announcement" ADD CONSTRAINT "Announcement_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;
