-- Posts that may have been sent: a handful, looked for before all others.
CREATE INDEX "Delivery_doubt_idx" ON "Delivery"("platform", "dueAt", "id") WHERE "state" = 'waiting' AND "sendingAt" IS NOT NULL;
