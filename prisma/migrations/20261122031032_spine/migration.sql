-- CreateTable
CREATE TABLE "Network" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "zone" TEXT NOT NULL DEFAULT 'Europe/London',
    "state" TEXT NOT NULL DEFAULT 'active',
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "contact" TEXT NOT NULL DEFAULT '',
    "hideUnder" INTEGER NOT NULL DEFAULT 5,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleteAskedBy" TEXT,
    "deleteAskedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Network_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Area" (
    "id" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Space" (
    "id" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "areaId" TEXT,
    "audience" TEXT NOT NULL DEFAULT 'residents',
    "state" TEXT NOT NULL DEFAULT 'joining',
    "locale" TEXT,
    "zone" TEXT,
    "trouble" TEXT,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Space_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JoinCode" (
    "hash" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "areaId" TEXT,
    "audience" TEXT NOT NULL DEFAULT 'residents',
    "createdBy" TEXT,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "JoinCode_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Identity" (
    "ref" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT,
    "tell" TEXT NOT NULL DEFAULT 'unknown',
    "networkId" TEXT,

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "areaId" TEXT,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "identityRef" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("identityRef","networkId")
);

-- CreateTable
CREATE TABLE "Grant" (
    "personId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("personId","role")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "hash" TEXT NOT NULL,
    "networkId" TEXT,
    "role" TEXT NOT NULL,
    "networkName" TEXT,
    "createdBy" TEXT,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Asking" (
    "identityRef" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "form" JSONB NOT NULL,
    "answers" JSONB NOT NULL,
    "step" INTEGER NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Asking_pkey" PRIMARY KEY ("identityRef","place")
);

-- CreateTable
CREATE TABLE "Seen" (
    "id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "replies" JSONB,

    CONSTRAINT "Seen_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Waiting" (
    "id" TEXT NOT NULL,
    "identityRef" TEXT NOT NULL,
    "view" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Waiting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Poll" (
    "id" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3),
    "min" INTEGER NOT NULL DEFAULT 1,
    "max" INTEGER NOT NULL DEFAULT 1,
    "secret" BOOLEAN NOT NULL DEFAULT true,
    "results" TEXT NOT NULL DEFAULT 'live',
    "addOptions" BOOLEAN NOT NULL DEFAULT false,
    "voters" TEXT NOT NULL DEFAULT 'everyone',
    "opensAt" TIMESTAMPTZ(3),
    "closesAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "createdBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Poll_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Option" (
    "pollId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3),
    "hiddenAt" TIMESTAMPTZ(3),
    "addedBy" TEXT,

    CONSTRAINT "Option_pkey" PRIMARY KEY ("pollId","number")
);

-- CreateTable
CREATE TABLE "PollSpace" (
    "pollId" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "posting" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "PollSpace_pkey" PRIMARY KEY ("pollId","spaceId")
);

-- CreateTable
CREATE TABLE "Ballot" (
    "pollId" TEXT NOT NULL,
    "voter" TEXT NOT NULL,
    "options" INTEGER[],
    "areaId" TEXT,
    "receipt" TEXT NOT NULL,

    CONSTRAINT "Ballot_pkey" PRIMARY KEY ("pollId","voter")
);

-- CreateTable
CREATE TABLE "ClosedBallot" (
    "id" TEXT NOT NULL,
    "pollId" TEXT NOT NULL,
    "options" INTEGER[],
    "areaId" TEXT,
    "receipt" TEXT NOT NULL,

    CONSTRAINT "ClosedBallot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PollShown" (
    "pollId" TEXT NOT NULL,
    "figures" JSONB NOT NULL,

    CONSTRAINT "PollShown_pkey" PRIMARY KEY ("pollId")
);

-- CreateTable
CREATE TABLE "TookPart" (
    "pollId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,

    CONSTRAINT "TookPart_pkey" PRIMARY KEY ("pollId","personId")
);

-- CreateTable
CREATE TABLE "PollKey" (
    "pollId" TEXT NOT NULL,
    "key" BYTEA NOT NULL,

    CONSTRAINT "PollKey_pkey" PRIMARY KEY ("pollId")
);

-- CreateTable
CREATE TABLE "Count" (
    "pollId" TEXT NOT NULL,
    "areaId" TEXT NOT NULL,
    "option" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "Count_pkey" PRIMARY KEY ("pollId","areaId","option")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "spaceId" TEXT,
    "personRef" TEXT,
    "platform" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "part" INTEGER NOT NULL DEFAULT 0,
    "view" JSONB,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "wanted" INTEGER NOT NULL DEFAULT 1,
    "shown" INTEGER NOT NULL DEFAULT 0,
    "shownHash" TEXT,
    "message" TEXT,
    "runAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dueAt" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "usefulUntil" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseBy" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "sendingAt" TIMESTAMPTZ(3),
    "unsure" TEXT NOT NULL DEFAULT 'repeat',
    "doubled" BOOLEAN NOT NULL DEFAULT false,
    "pin" BOOLEAN NOT NULL DEFAULT false,
    "retired" BOOLEAN NOT NULL DEFAULT false,
    "sentAt" TIMESTAMPTZ(3),
    "why" TEXT,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Touched" (
    "id" BIGSERIAL NOT NULL,
    "subject" TEXT NOT NULL,

    CONSTRAINT "Touched_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Fact" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Fact_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "Area_networkId_name_key" ON "Area"("networkId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Space_ref_key" ON "Space"("ref");

-- CreateIndex
CREATE INDEX "Space_networkId_idx" ON "Space"("networkId");

-- CreateIndex
CREATE INDEX "JoinCode_networkId_idx" ON "JoinCode"("networkId");

-- CreateIndex
CREATE INDEX "Person_networkId_idx" ON "Person"("networkId");

-- CreateIndex
CREATE INDEX "Membership_personId_idx" ON "Membership"("personId");

-- CreateIndex
CREATE INDEX "Invitation_networkId_idx" ON "Invitation"("networkId");

-- CreateIndex
CREATE INDEX "Draft_personId_idx" ON "Draft"("personId");

-- CreateIndex
CREATE INDEX "Seen_day_idx" ON "Seen"("day");

-- CreateIndex
CREATE INDEX "Waiting_identityRef_idx" ON "Waiting"("identityRef");

-- CreateIndex
CREATE INDEX "Poll_networkId_state_idx" ON "Poll"("networkId", "state");

-- CreateIndex
CREATE INDEX "Poll_state_closesAt_idx" ON "Poll"("state", "closesAt");

-- CreateIndex
CREATE INDEX "Poll_state_opensAt_idx" ON "Poll"("state", "opensAt");

-- CreateIndex
CREATE INDEX "PollSpace_spaceId_idx" ON "PollSpace"("spaceId");

-- CreateIndex
CREATE INDEX "ClosedBallot_pollId_idx" ON "ClosedBallot"("pollId");

-- CreateIndex
CREATE INDEX "TookPart_personId_idx" ON "TookPart"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_key_key" ON "Delivery"("key");

-- CreateIndex
CREATE INDEX "Delivery_platform_dueAt_id_idx" ON "Delivery"("platform", "dueAt", "id");

-- CreateIndex
CREATE INDEX "Delivery_lane_state_runAt_id_idx" ON "Delivery"("lane", "state", "runAt", "id");

-- CreateIndex
CREATE INDEX "Delivery_subject_idx" ON "Delivery"("subject");

-- CreateIndex
CREATE INDEX "Delivery_message_idx" ON "Delivery"("message");

-- CreateIndex
CREATE INDEX "Delivery_networkId_state_idx" ON "Delivery"("networkId", "state");

-- AddForeignKey
ALTER TABLE "Area" ADD CONSTRAINT "Area_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Space" ADD CONSTRAINT "Space_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Space" ADD CONSTRAINT "Space_areaId_fkey" FOREIGN KEY ("areaId") REFERENCES "Area"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JoinCode" ADD CONSTRAINT "JoinCode_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_areaId_fkey" FOREIGN KEY ("areaId") REFERENCES "Area"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_identityRef_fkey" FOREIGN KEY ("identityRef") REFERENCES "Identity"("ref") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Poll" ADD CONSTRAINT "Poll_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Option" ADD CONSTRAINT "Option_pollId_fkey" FOREIGN KEY ("pollId") REFERENCES "Poll"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PollSpace" ADD CONSTRAINT "PollSpace_pollId_fkey" FOREIGN KEY ("pollId") REFERENCES "Poll"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PollSpace" ADD CONSTRAINT "PollSpace_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "Space"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "Space"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The planner keeps samples of what columns hold; of these it must not.
ALTER TABLE "PollKey" ALTER COLUMN "key" SET STATISTICS 0;
ALTER TABLE "Ballot" ALTER COLUMN "voter" SET STATISTICS 0;
