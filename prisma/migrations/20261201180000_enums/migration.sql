-- The words that states and the like may be. The next migration uses them: a value that was just made can only be used after its transaction.

CREATE TYPE "NetworkState" AS ENUM ('active', 'paused', 'deleting');
CREATE TYPE "Audience" AS ENUM ('residents', 'steering');
CREATE TYPE "SpaceState" AS ENUM ('joining', 'joined', 'leaving', 'left', 'gone');
CREATE TYPE "Tell" AS ENUM ('unknown', 'open', 'closed');
CREATE TYPE "PollState" AS ENUM ('scheduled', 'open', 'closed', 'withdrawn');
CREATE TYPE "Results" AS ENUM ('live', 'voted', 'closed');
CREATE TYPE "Voters" AS ENUM ('everyone', 'steering');
CREATE TYPE "AnnouncementState" AS ENUM ('standing', 'withdrawn');
CREATE TYPE "SeriesState" AS ENUM ('active', 'paused', 'ended');
CREATE TYPE "ForumState" AS ENUM ('standing', 'cancelled');
CREATE TYPE "StepFree" AS ENUM ('yes', 'no', 'unsaid');
CREATE TYPE "RsvpAnswer" AS ENUM ('coming', 'maybe', 'cant', 'waiting', 'offered');
CREATE TYPE "FeedKind" AS ENUM ('network', 'area', 'person', 'page');
CREATE TYPE "DeliveryState" AS ENUM ('waiting', 'sent', 'failed', 'missed', 'gone', 'unsure', 'removed');
CREATE TYPE "Unsure" AS ENUM ('repeat', 'drop');
