-- CreateTable
CREATE TABLE "Forum" (
    "id" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'standing',
    "theme" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "agenda" TEXT[],
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "zone" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "directions" TEXT NOT NULL,
    "stepFree" TEXT NOT NULL,
    "support" TEXT[],
    "link" TEXT,
    "capacity" INTEGER,
    "host" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "hostId" TEXT,
    "places" JSONB NOT NULL,
    "postsAt" TIMESTAMPTZ(3) NOT NULL,
    "remind" INTEGER[],
    "reminded" INTEGER[],
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "changedAt" TIMESTAMPTZ(3),
    "cancelledAt" TIMESTAMPTZ(3),
    "why" TEXT NOT NULL DEFAULT '',
    "coming" INTEGER NOT NULL DEFAULT 0,
    "maybe" INTEGER NOT NULL DEFAULT 0,
    "cant" INTEGER NOT NULL DEFAULT 0,
    "waiting" INTEGER NOT NULL DEFAULT 0,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "lastPlace" INTEGER NOT NULL DEFAULT 0,
    "code" TEXT,
    "came" INTEGER NOT NULL DEFAULT 0,
    "notes" TEXT NOT NULL DEFAULT '',
    "outcomes" TEXT[],
    "summaryAt" TIMESTAMPTZ(3),
    "pollId" TEXT,
    "settledAt" TIMESTAMPTZ(3),
    "needsGoneAt" TIMESTAMPTZ(3),
    "lookAt" TIMESTAMPTZ(3),
    "createdBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Forum_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Rsvp" (
    "forumId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "party" INTEGER NOT NULL DEFAULT 1,
    "place" INTEGER,
    "offerUntil" TIMESTAMPTZ(3),
    "remind" BOOLEAN NOT NULL DEFAULT false,
    "needs" TEXT,
    "cameAt" TIMESTAMPTZ(3),

    CONSTRAINT "Rsvp_pkey" PRIMARY KEY ("forumId","personId")
);

-- CreateIndex
CREATE INDEX "Forum_networkId_startsAt_idx" ON "Forum"("networkId", "startsAt");

-- CreateIndex
CREATE INDEX "Forum_lookAt_idx" ON "Forum"("lookAt");

-- CreateIndex
CREATE INDEX "Rsvp_forumId_answer_place_idx" ON "Rsvp"("forumId", "answer", "place");

-- CreateIndex
CREATE INDEX "Rsvp_personId_idx" ON "Rsvp"("personId");

-- AddForeignKey
ALTER TABLE "Forum" ADD CONSTRAINT "Forum_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rsvp" ADD CONSTRAINT "Rsvp_forumId_fkey" FOREIGN KEY ("forumId") REFERENCES "Forum"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rsvp" ADD CONSTRAINT "Rsvp_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
