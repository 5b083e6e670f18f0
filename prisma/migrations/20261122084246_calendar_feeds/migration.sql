-- CreateTable
CREATE TABLE "Feed" (
    "id" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "areaId" TEXT,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endsAt" TIMESTAMPTZ(3),
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Feed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Feed_hash_key" ON "Feed"("hash");

-- CreateIndex
CREATE INDEX "Feed_networkId_idx" ON "Feed"("networkId");

-- CreateIndex
CREATE INDEX "Feed_personId_idx" ON "Feed"("personId");

-- CreateIndex
CREATE INDEX "Feed_areaId_idx" ON "Feed"("areaId");

-- CreateIndex
CREATE INDEX "Feed_endsAt_idx" ON "Feed"("endsAt");

-- AddForeignKey
ALTER TABLE "Feed" ADD CONSTRAINT "Feed_networkId_fkey" FOREIGN KEY ("networkId") REFERENCES "Network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feed" ADD CONSTRAINT "Feed_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feed" ADD CONSTRAINT "Feed_areaId_fkey" FOREIGN KEY ("areaId") REFERENCES "Area"("id") ON DELETE CASCADE ON UPDATE CASCADE;
