-- CreateTable
CREATE TABLE "Holding" (
    "platform" TEXT NOT NULL,
    "owner" TEXT,
    "place" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "session" TEXT NOT NULL,
    "beat" INTEGER NOT NULL DEFAULT 0,
    "fate" TEXT,

    CONSTRAINT "Holding_pkey" PRIMARY KEY ("platform")
);
