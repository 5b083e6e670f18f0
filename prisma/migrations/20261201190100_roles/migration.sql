-- Roles are an enum instead of text. In tokens and as people type it, one of them stays "decision-maker".
ALTER TABLE "Grant"
  ALTER COLUMN "role" TYPE "Role" USING (CASE "role" WHEN 'decision-maker' THEN 'decisionMaker' ELSE "role" END)::"Role";
ALTER TABLE "Invitation"
  ALTER COLUMN "role" TYPE "Role" USING (CASE "role" WHEN 'decision-maker' THEN 'decisionMaker' ELSE "role" END)::"Role";
