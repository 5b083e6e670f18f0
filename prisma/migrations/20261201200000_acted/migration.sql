-- CreateTable
CREATE TABLE "Acted" (
    "personId" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "month" DATE NOT NULL,

    CONSTRAINT "Acted_pkey" PRIMARY KEY ("personId","spaceId")
);

-- CreateIndex
CREATE INDEX "Acted_spaceId_idx" ON "Acted"("spaceId");

-- CreateIndex
CREATE INDEX "Acted_month_idx" ON "Acted"("month");

-- AddForeignKey
ALTER TABLE "Acted" ADD CONSTRAINT "Acted_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Acted" ADD CONSTRAINT "Acted_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "Space"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Nobody noted so far who acts where, and people keep what they could reach: a chat that is the only one of its app in the network is where its people came
-- from, and who has answered a poll did so in one of the chats of their app in which it stood.
INSERT INTO "Acted" ("personId", "spaceId", "month")
SELECT found."personId", found."spaceId", date_trunc('month', now())::date
FROM (
  SELECT m."personId", s."id" AS "spaceId"
  FROM "Membership" m JOIN "Space" s ON s."networkId" = m."networkId" AND s."platform" = split_part(m."identityRef", ':', 1)
  WHERE NOT EXISTS (SELECT 1 FROM "Space" other WHERE other."networkId" = s."networkId" AND other."platform" = s."platform" AND other."id" <> s."id")
  UNION
  SELECT m."personId", s."id"
  FROM (
    SELECT "pollId", "personId" FROM "TookPart"
    UNION SELECT b."pollId", b."voter" FROM "Ballot" b JOIN "Poll" p ON p."id" = b."pollId" WHERE NOT p."secret"
  ) AS answered
    JOIN "Membership" m ON m."personId" = answered."personId"
    JOIN "PollSpace" ps ON ps."pollId" = answered."pollId"
    JOIN "Space" s ON s."id" = ps."spaceId" AND s."networkId" = m."networkId" AND s."platform" = split_part(m."identityRef", ':', 1)
) AS found
  JOIN "Space" s ON s."id" = found."spaceId" AND s."state" <> 'left'
ORDER BY found."personId", found."spaceId";
