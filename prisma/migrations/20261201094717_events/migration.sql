-- CreateTable
CREATE TABLE "Published" (
    "id" BIGSERIAL NOT NULL,
    "event" TEXT NOT NULL,
    "listener" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Published_pkey" PRIMARY KEY ("id")
);
