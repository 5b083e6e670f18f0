-- AlterTable
ALTER TABLE "Forum" ADD COLUMN     "was" JSONB;

-- AlterTable
ALTER TABLE "Poll" ADD COLUMN     "remindAt" TIMESTAMPTZ(3),
ADD COLUMN     "remindMinutes" INTEGER;

-- AlterTable
ALTER TABLE "Rsvp" ADD COLUMN     "still" INTEGER;

-- CreateIndex
CREATE INDEX "Poll_state_remindAt_idx" ON "Poll"("state", "remindAt");
