-- The roles that there are. The next migration uses them: a value that was just made can only be used after its transaction.

CREATE TYPE "Role" AS ENUM ('coordinator', 'decisionMaker', 'steering');
