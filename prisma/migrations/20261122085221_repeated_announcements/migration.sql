-- AlterTable
ALTER TABLE "Announcement" ADD COLUMN     "date" TIMESTAMPTZ(3),
ADD COLUMN     "sequence" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "seriesId" TEXT;

-- CreateTable
CREATE TABLE "AnnouncementSeries" (
    "id" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "words" TEXT NOT NULL,
    "link" TEXT,
    "pin" BOOLEAN NOT NULL DEFAULT false,
    "lateHours" INTEGER NOT NULL DEFAULT 12,
    "places" JSONB NOT NULL,
    "rule" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "except" TEXT[],
    "moved" JSONB NOT NULL DEFAULT '{}',
    "doneTo" TIMESTAMPTZ(3) NOT NULL,
    "nextAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "missed" INTEGER NOT NULL DEFAULT 0,
    "lastMissed" TIMESTAMPTZ(3),
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AnnouncementSeries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AnnouncementSeries_dueAt_idx" ON "AnnouncementSeries"("dueAt");

-- CreateIndex
CREATE INDEX "AnnouncementSeries_networkId_nextAt_idx" ON "AnnouncementSeries"("networkId", "nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "Announcement_seriesId_date_key" ON "Announcement"("seriesId", "date");

-- AddForeignKey
ALTER TABLE "Announcement" ADD CONSTRAINT "Announcement_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "AnnouncementSeries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnnouncementSeries" ADD CONSTRAINT "AnnouncementSeries_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;
