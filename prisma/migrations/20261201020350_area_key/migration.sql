-- Names are compared by a key that only the bot can make. Until it does, at the next change of a network's areas, an area has its id as its key: that is
-- never another area's, also where two names look alike already.
DROP INDEX "Area_networkId_name_key";
ALTER TABLE "Area" ADD COLUMN "key" TEXT;
UPDATE "Area" SET "key" = "id";
ALTER TABLE "Area" ALTER COLUMN "key" SET NOT NULL;
CREATE UNIQUE INDEX "Area_networkId_key_key" ON "Area"("networkId", "key");
