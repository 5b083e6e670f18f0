-- By which all spaces of one chat are found: their addresses begin alike. Prisma cannot write it down.
CREATE INDEX "Space_lane_idx" ON "Space"("ref" text_pattern_ops) WHERE "state" <> 'left';
