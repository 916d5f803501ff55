-- How often a tenant's data were changed. Every change begins with this row, so that two of one tenant never mix.
CREATE TABLE revision (
    tenant BIGINT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL
);
