-- AlterTable
ALTER TABLE "Forum" ADD COLUMN     "overAt" TIMESTAMPTZ(3);
