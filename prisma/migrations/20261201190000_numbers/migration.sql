-- Under how many answers nothing is shown, as it was promised when the poll was posted.
ALTER TABLE "Poll" ADD COLUMN "hideUnder" INTEGER NOT NULL DEFAULT 5;
UPDATE "Poll" p SET "hideUnder" = greatest(5, n."hideUnder") FROM "Network" n WHERE n."id" = p."networkId" AND n."hideUnder" > 5;
UPDATE "Network" SET "hideUnder" = 5 WHERE "hideUnder" < 5;
