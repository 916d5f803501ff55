-- Which import a batch came from: an import whose connection broke while it was committed finds out whether it is there.
ALTER TABLE batch ADD COLUMN token BIGINT NOT NULL DEFAULT 0;
