-- AlterTable
ALTER TABLE "AnnouncementSeries" ADD COLUMN     "picture" JSONB;

-- AlterTable
ALTER TABLE "Forum" ADD COLUMN     "picture" JSONB;
