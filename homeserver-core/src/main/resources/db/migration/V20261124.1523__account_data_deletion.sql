-- Account data can be deleted; clients that sync from before have to hear of it.

ALTER TABLE account_data ALTER COLUMN content DROP NOT NULL;
COMMENT ON COLUMN account_data.content IS 'JSON; null: deleted, which syncs from before that position still tell.';
