-- States and the like are enums instead of text, each table in one go. Indexes whose condition says such a word are made anew; all others are rebuilt with the column.
DROP INDEX "Delivery_doubt_idx", "Delivery_private_words_idx", "Delivery_ended_idx", "Space_lane_idx";

ALTER TABLE "Network"
  ALTER COLUMN "state" DROP DEFAULT,
  ALTER COLUMN "state" TYPE "NetworkState" USING "state"::"NetworkState",
  ALTER COLUMN "state" SET DEFAULT 'active';
ALTER TABLE "Space"
  ALTER COLUMN "audience" DROP DEFAULT,
  ALTER COLUMN "audience" TYPE "Audience" USING "audience"::"Audience",
  ALTER COLUMN "audience" SET DEFAULT 'residents',
  ALTER COLUMN "state" DROP DEFAULT,
  ALTER COLUMN "state" TYPE "SpaceState" USING "state"::"SpaceState",
  ALTER COLUMN "state" SET DEFAULT 'joining';
ALTER TABLE "JoinCode"
  ALTER COLUMN "audience" DROP DEFAULT,
  ALTER COLUMN "audience" TYPE "Audience" USING "audience"::"Audience",
  ALTER COLUMN "audience" SET DEFAULT 'residents';
ALTER TABLE "Identity"
  ALTER COLUMN "tell" DROP DEFAULT,
  ALTER COLUMN "tell" TYPE "Tell" USING "tell"::"Tell",
  ALTER COLUMN "tell" SET DEFAULT 'unknown';
ALTER TABLE "Poll"
  ALTER COLUMN "state" TYPE "PollState" USING "state"::"PollState",
  ALTER COLUMN "results" DROP DEFAULT,
  ALTER COLUMN "results" TYPE "Results" USING "results"::"Results",
  ALTER COLUMN "results" SET DEFAULT 'live',
  ALTER COLUMN "voters" DROP DEFAULT,
  ALTER COLUMN "voters" TYPE "Voters" USING "voters"::"Voters",
  ALTER COLUMN "voters" SET DEFAULT 'everyone';
ALTER TABLE "Announcement"
  ALTER COLUMN "state" DROP DEFAULT,
  ALTER COLUMN "state" TYPE "AnnouncementState" USING "state"::"AnnouncementState",
  ALTER COLUMN "state" SET DEFAULT 'standing';
ALTER TABLE "AnnouncementSeries"
  ALTER COLUMN "state" DROP DEFAULT,
  ALTER COLUMN "state" TYPE "SeriesState" USING "state"::"SeriesState",
  ALTER COLUMN "state" SET DEFAULT 'active';
ALTER TABLE "Forum"
  ALTER COLUMN "state" DROP DEFAULT,
  ALTER COLUMN "state" TYPE "ForumState" USING "state"::"ForumState",
  ALTER COLUMN "state" SET DEFAULT 'standing',
  ALTER COLUMN "stepFree" TYPE "StepFree" USING "stepFree"::"StepFree";
ALTER TABLE "Rsvp"
  ALTER COLUMN "answer" TYPE "RsvpAnswer" USING "answer"::"RsvpAnswer";
ALTER TABLE "Feed"
  ALTER COLUMN "kind" TYPE "FeedKind" USING "kind"::"FeedKind";
ALTER TABLE "Delivery"
  ALTER COLUMN "state" DROP DEFAULT,
  ALTER COLUMN "state" TYPE "DeliveryState" USING "state"::"DeliveryState",
  ALTER COLUMN "state" SET DEFAULT 'waiting',
  ALTER COLUMN "unsure" DROP DEFAULT,
  ALTER COLUMN "unsure" TYPE "Unsure" USING "unsure"::"Unsure",
  ALTER COLUMN "unsure" SET DEFAULT 'repeat';

CREATE INDEX "Delivery_doubt_idx" ON "Delivery"("platform", "dueAt", "id") WHERE "state" = 'waiting' AND "sendingAt" IS NOT NULL;
CREATE INDEX "Delivery_private_words_idx" ON "Delivery"("id") WHERE "personRef" IS NOT NULL AND "state" = 'sent' AND "view" <> 'null';
CREATE INDEX "Delivery_ended_idx" ON "Delivery"("runAt") WHERE "spaceId" IS NOT NULL AND "state" NOT IN ('waiting', 'sent');
CREATE INDEX "Space_lane_idx" ON "Space"("ref" text_pattern_ops) WHERE "state" <> 'left';
