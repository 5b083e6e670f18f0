-- By which the sweep of pictures looks for what refers to one. Prisma cannot write these down.
CREATE INDEX "Announcement_picture_idx" ON "Announcement"(("picture" ->> 'id')) WHERE "picture" IS NOT NULL;
CREATE INDEX "AnnouncementSeries_picture_idx" ON "AnnouncementSeries"(("picture" ->> 'id')) WHERE "picture" IS NOT NULL;
CREATE INDEX "Forum_picture_idx" ON "Forum"(("picture" ->> 'id')) WHERE "picture" IS NOT NULL;
CREATE INDEX "Draft_picture_idx" ON "Draft"(("data" #>> '{picture,id}')) WHERE ("data" #>> '{picture,id}') IS NOT NULL;
-- Only of views with a picture in them: few, and no other row is written here.
CREATE INDEX "Delivery_picture_idx" ON "Delivery" USING GIN ("view" jsonb_path_ops) WHERE "view" @> '{"blocks":[{"kind":"picture"}]}';
CREATE INDEX "Waiting_picture_idx" ON "Waiting" USING GIN ("view" jsonb_path_ops) WHERE "view" @> '{"blocks":[{"kind":"picture"}]}';
