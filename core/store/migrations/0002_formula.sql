-- Which formulas a brand's reports are made with, from which report day on (tenants/history.hpp).
CREATE TABLE formula (
    tenant BIGINT NOT NULL,
    since BIGINT NOT NULL,
    plugins ${blob} NOT NULL,
    settings ${blob} NOT NULL,
    formulas ${blob} NOT NULL,
    PRIMARY KEY (tenant, since)
) ${clustered};
