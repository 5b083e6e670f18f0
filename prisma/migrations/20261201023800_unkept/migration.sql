-- Answers about secret choices that the version before has kept: with the guard against repeats, waiting, and as private messages.
UPDATE "Seen" s SET "replies" = '[]'
WHERE EXISTS (SELECT 1 FROM "Poll" p WHERE p."secret" AND s."replies"::text ~ ('polls_(mine|pick|back|backall)_' || p."id"));
DELETE FROM "Waiting" w
WHERE EXISTS (SELECT 1 FROM "Poll" p WHERE p."secret" AND w."view"::text ~ ('polls_(pick|back|backall)_' || p."id"));
DELETE FROM "Delivery" d WHERE d."subject" = 'app_answer'
AND EXISTS (SELECT 1 FROM "Poll" p WHERE p."secret" AND d."view"::text ~ ('polls_(pick|back|backall)_' || p."id"));
-- And what was written together with votes on polls that are over is written anew with the next second's work.
INSERT INTO "Fact" ("name", "at") SELECT 'polls-scrub', now() WHERE EXISTS (SELECT 1 FROM "TookPart") ON CONFLICT ("name") DO NOTHING;
