-- One schema for every store. ${bytes} is a byte string of up to 255 that can be a key, ${blob} a long one, ${text} a long
-- one that is always UTF-8 and never looked for, ${clustered} keeps the rows in the order of their key; ${ENGINE …} is for
-- that engine alone. Every key begins with the tenant, so that tenants can be spread over servers. Tenant 0 is the agency
-- itself. A server ends the transaction at each statement here: every one has to be such that, done once, it can be met
-- again (CREATE, DROP, or one column to an ALTER), and holds no semicolon but its last.

CREATE TABLE tenant (
    tenant BIGINT NOT NULL PRIMARY KEY,
    id ${bytes} NOT NULL UNIQUE,
    name ${text} NOT NULL,
    plugin ${bytes} NOT NULL,
    timezone ${bytes} NOT NULL
);

-- What was agreed with a brand: each key has a value from a day on (number of days since 1970-01-01).
CREATE TABLE term (
    tenant BIGINT NOT NULL,
    name ${bytes} NOT NULL,
    since BIGINT NOT NULL,
    value ${blob} NOT NULL,
    PRIMARY KEY (tenant, name, since)
) ${clustered};

-- The numbers of texts, by tenant and dictionary (core/facts/fact.hpp, Space).
CREATE TABLE word (
    tenant BIGINT NOT NULL,
    space BIGINT NOT NULL,
    text ${sqlite BLOB}${mysql VARBINARY(4096)} NOT NULL,
    number BIGINT NOT NULL,
    ${sqlite PRIMARY KEY (tenant, space, text)}${mysql PRIMARY KEY (tenant, space, number), KEY word_by_text (tenant, space, text(255))}
) ${clustered};
${sqlite CREATE UNIQUE INDEX word_by_number ON word (tenant, space, number);}

-- One file that was taken in.
CREATE TABLE batch (
    tenant BIGINT NOT NULL,
    batch BIGINT NOT NULL,
    file ${blob} NOT NULL,
    profile ${bytes} NOT NULL,
    made_at BIGINT NOT NULL,
    undone BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    header ${blob} NOT NULL,
    PRIMARY KEY (tenant, batch)
) ${clustered};

-- What it brought of each fact, and the days that it covers.
CREATE TABLE batch_fact (
    tenant BIGINT NOT NULL,
    batch BIGINT NOT NULL,
    fact BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    added BIGINT NOT NULL,
    replaced BIGINT NOT NULL,
    cover_first BIGINT NOT NULL,
    cover_last BIGINT NOT NULL,
    PRIMARY KEY (tenant, batch, fact)
) ${clustered};

-- Rows that were set aside, with all that is needed to mend them.
CREATE TABLE reject (
    tenant BIGINT NOT NULL,
    batch BIGINT NOT NULL,
    number BIGINT NOT NULL,
    line BIGINT NOT NULL,
    fact BIGINT NOT NULL,
    col ${blob} NOT NULL,
    value ${blob} NOT NULL,
    reason ${blob} NOT NULL,
    record ${blob} NOT NULL,
    PRIMARY KEY (tenant, batch, number)
) ${clustered};

-- The rows of one fact, day and batch, as columns (core/store/rows.hpp). Facts without a day stand on day 0.
CREATE TABLE fact_block (
    tenant BIGINT NOT NULL,
    fact BIGINT NOT NULL,
    day BIGINT NOT NULL,
    batch BIGINT NOT NULL,
    part BIGINT NOT NULL,
    data ${blob} NOT NULL,
    PRIMARY KEY (tenant, fact, day, batch, part)
);
CREATE INDEX fact_block_by_batch ON fact_block (tenant, batch, fact, day);

-- On which days rows with this key number lie or lay, for facts whose key does not hold the day.
CREATE TABLE key_day (
    tenant BIGINT NOT NULL,
    fact BIGINT NOT NULL,
    number BIGINT NOT NULL,
    day BIGINT NOT NULL,
    PRIMARY KEY (tenant, fact, number, day)
) ${clustered};

-- Sums and sets, by day (core/ledger/series.hpp).
CREATE TABLE ledger (
    tenant BIGINT NOT NULL,
    series BIGINT NOT NULL,
    day BIGINT NOT NULL,
    data ${blob} NOT NULL,
    PRIMARY KEY (tenant, series, day)
);

-- The joins and leaves of one customer in the order of time (core/ledger/timeline.hpp).
CREATE TABLE timeline (
    tenant BIGINT NOT NULL,
    customer BIGINT NOT NULL,
    data ${blob} NOT NULL,
    PRIMARY KEY (tenant, customer)
) ${clustered};
