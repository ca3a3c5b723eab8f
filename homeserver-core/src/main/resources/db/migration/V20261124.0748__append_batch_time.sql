ALTER TABLE append_batch ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN append_batch.created_at IS 'When its transaction began, by the database; only for pruning.';
