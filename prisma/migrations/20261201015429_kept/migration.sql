-- CreateIndex
CREATE INDEX "Asking_expiresAt_idx" ON "Asking"("expiresAt");

-- CreateIndex
CREATE INDEX "Draft_updatedAt_idx" ON "Draft"("updatedAt");

-- CreateIndex
CREATE INDEX "Waiting_createdAt_idx" ON "Waiting"("createdAt");

-- For the sweep: private messages by age; those that an older version has sent and kept the words of (none, from now on); finished posts in chats that still
-- have their words; posts that ended without standing anywhere.
CREATE INDEX "Delivery_private_idx" ON "Delivery"("runAt") WHERE "personRef" IS NOT NULL;
CREATE INDEX "Delivery_private_words_idx" ON "Delivery"("id") WHERE "personRef" IS NOT NULL AND "state" = 'sent' AND "view" <> 'null';
CREATE INDEX "Delivery_words_idx" ON "Delivery"("runAt") WHERE "spaceId" IS NOT NULL AND "view" <> 'null';
CREATE INDEX "Delivery_ended_idx" ON "Delivery"("runAt") WHERE "spaceId" IS NOT NULL AND "state" NOT IN ('waiting', 'sent');
