-- Work that is due, under way or done (core/jobs). The name says what is to be done: asked for twice, it is one job.
-- Times are seconds since 1970 UTC. `spread` is the job's place among the others of its state.
CREATE TABLE job (
    tenant BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    name ${bytes} NOT NULL,
    state BIGINT NOT NULL,
    spread BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    fence BIGINT NOT NULL,
    beat BIGINT NOT NULL,
    lease_seconds BIGINT NOT NULL,
    worker ${bytes} NOT NULL,
    attempts BIGINT NOT NULL,
    losses BIGINT NOT NULL,
    reason ${blob} NOT NULL,
    asked_revision BIGINT NOT NULL,
    asked_with ${bytes} NOT NULL,
    made_revision BIGINT NOT NULL,
    made_with ${bytes} NOT NULL,
    asked_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, kind, name)
) ${clustered};
CREATE INDEX job_by_state ON job (state, kind, spread);

-- The pages of reports as they were made last, compressed (core/jobs/pages.hpp).
CREATE TABLE page (
    tenant BIGINT NOT NULL,
    rhythm BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    language BIGINT NOT NULL,
    audience ${bytes} NOT NULL,
    format ${bytes} NOT NULL,
    fence BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    held BIGINT NOT NULL,
    size BIGINT NOT NULL,
    crc BIGINT NOT NULL,
    data ${blob} NOT NULL,
    PRIMARY KEY (tenant, rhythm, last_day, language, audience, format)
);
