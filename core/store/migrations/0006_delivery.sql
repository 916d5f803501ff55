-- Who gets a brand's reports (core/delivery/people.hpp). The number stands in deliveries and links and is nobody else's.
CREATE TABLE recipient (
    tenant BIGINT NOT NULL,
    recipient BIGINT NOT NULL,
    address ${bytes} NOT NULL,
    name ${text} NOT NULL,
    role ${bytes} NOT NULL,
    language BIGINT NOT NULL,
    reports BIGINT NOT NULL,
    unsubscribed_at BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    PRIMARY KEY (tenant, recipient)
);

-- The report on one period on its way to the brand; each edition of it is a row (core/delivery/publication.hpp). Times
-- are seconds since 1970 UTC. `version` grows with each change, so that two who change it never mix.
CREATE TABLE publication (
    tenant BIGINT NOT NULL,
    rhythm BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    edition BIGINT NOT NULL,
    state BIGINT NOT NULL,
    version BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    made_revision BIGINT NOT NULL,
    made_with ${bytes} NOT NULL,
    hash ${bytes} NOT NULL,
    approved_hash ${bytes} NOT NULL,
    approved_by ${text} NOT NULL,
    approved_at BIGINT NOT NULL,
    note ${blob} NOT NULL,
    author ${text} NOT NULL,
    why ${blob} NOT NULL,
    marks BIGINT NOT NULL,
    reason ${blob} NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, rhythm, last_day, edition)
);
CREATE INDEX publication_by_state ON publication (state, due_at);

-- What an edition says, compressed (reports/document_bytes.hpp).
CREATE TABLE content (
    tenant BIGINT NOT NULL,
    rhythm BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    edition BIGINT NOT NULL,
    audience ${bytes} NOT NULL,
    language BIGINT NOT NULL,
    size BIGINT NOT NULL,
    crc BIGINT NOT NULL,
    data ${blob} NOT NULL,
    PRIMARY KEY (tenant, rhythm, last_day, edition, audience, language)
);

-- One message to one recipient (core/delivery/outbox.hpp). `about` is what it tells: `daily:2026-11-20:1`, the edition of
-- a report, or `notice:…`; there is one message of each, as it was sent.
CREATE TABLE delivery (
    tenant BIGINT NOT NULL,
    about ${bytes} NOT NULL,
    recipient BIGINT NOT NULL,
    state BIGINT NOT NULL,
    address ${bytes} NOT NULL,
    message_id ${bytes} NOT NULL,
    subject ${text} NOT NULL,
    hash ${bytes} NOT NULL,
    asked_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    code BIGINT NOT NULL,
    words ${blob} NOT NULL,
    size BIGINT NOT NULL,
    crc BIGINT NOT NULL,
    data ${blob} NOT NULL,
    PRIMARY KEY (tenant, about, recipient)
);

-- What was agreed to be done next; days since 1970, 0 for not done (core/delivery/follow_ups.hpp).
CREATE TABLE step (
    tenant BIGINT NOT NULL,
    step BIGINT NOT NULL,
    what ${blob} NOT NULL,
    owner ${text} NOT NULL,
    due BIGINT NOT NULL,
    done BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, step)
);

-- What a brand said of a report by its link: `figure` is empty where it confirms all of them.
CREATE TABLE objection (
    tenant BIGINT NOT NULL,
    objection BIGINT NOT NULL,
    rhythm BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    edition BIGINT NOT NULL,
    recipient BIGINT NOT NULL,
    figure ${bytes} NOT NULL,
    title ${text} NOT NULL,
    said ${blob} NOT NULL,
    answer ${blob} NOT NULL,
    said_at BIGINT NOT NULL,
    settled_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, objection)
);

-- Links that work once and were used.
CREATE TABLE used_link (
    tenant BIGINT NOT NULL,
    link ${bytes} NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, link)
);

-- When the next message may go out, by mail account and by provider: milliseconds since 1970 UTC.
CREATE TABLE pace (
    tenant BIGINT NOT NULL,
    name ${bytes} NOT NULL,
    next_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, name)
);
