-- SPDX-License-Identifier: Apache-2.0
-- The facts as plain rows in SQLite: keyed by what makes a row that row, found by time and by customer.
-- What is read by time lies in the order of time, what is read by customer in the order of customers.
CREATE TABLE touches(brand TEXT, date TEXT, channel TEXT, touches INTEGER, cost NUMERIC, campaign TEXT,
    PRIMARY KEY(brand, date, channel, campaign)) WITHOUT ROWID;
CREATE TABLE joins(brand TEXT, joined_at TEXT, customer_id TEXT, guide_id TEXT, group_id TEXT, channel TEXT,
    inviter_id TEXT, post_id TEXT,
    PRIMARY KEY(brand, customer_id, guide_id, group_id, joined_at)) WITHOUT ROWID;
CREATE INDEX joins_by_time ON joins(brand, joined_at);
CREATE TABLE leaves(brand TEXT, left_at TEXT, customer_id TEXT, guide_id TEXT, group_id TEXT,
    PRIMARY KEY(brand, customer_id, guide_id, group_id, left_at)) WITHOUT ROWID;
CREATE TABLE interactions(brand TEXT, at TEXT, customer_id TEXT, kind TEXT, guide_id TEXT, group_id TEXT, campaign TEXT,
    PRIMARY KEY(brand, at, customer_id, kind, guide_id, group_id, campaign)) WITHOUT ROWID;
CREATE TABLE guide_actions(brand TEXT, at TEXT, guide_id TEXT, kind TEXT, target TEXT, count INTEGER,
    PRIMARY KEY(brand, at, guide_id, kind, target)) WITHOUT ROWID;
CREATE TABLE tickets(brand TEXT, ticket_id TEXT, opened_at TEXT, first_response_at TEXT, resolved_at TEXT,
    customer_id TEXT, guide_id TEXT, PRIMARY KEY(brand, ticket_id)) WITHOUT ROWID;
CREATE INDEX tickets_by_time ON tickets(brand, opened_at);
CREATE TABLE surveys(brand TEXT, at TEXT, score NUMERIC, response_id TEXT, customer_id TEXT, guide_id TEXT,
    PRIMARY KEY(brand, response_id)) WITHOUT ROWID;
CREATE INDEX surveys_by_time ON surveys(brand, at, score);
CREATE TABLE orders(brand TEXT, order_id TEXT, paid_at TEXT, amount NUMERIC, customer_id TEXT, guide_id TEXT,
    channel TEXT, path TEXT, category TEXT, refunded NUMERIC, refunded_at TEXT,
    PRIMARY KEY(brand, order_id)) WITHOUT ROWID;
CREATE INDEX orders_by_time ON orders(brand, paid_at, customer_id, amount);
CREATE INDEX orders_by_refund ON orders(brand, refunded_at, refunded) WHERE refunded_at <> '';
CREATE TABLE refunds(brand TEXT, refund_id TEXT, order_id TEXT, at TEXT, amount NUMERIC,
    PRIMARY KEY(brand, refund_id)) WITHOUT ROWID;
CREATE INDEX refunds_by_time ON refunds(brand, at, amount);
CREATE INDEX refunds_by_order ON refunds(brand, order_id);
CREATE TABLE posts(brand TEXT, post_id TEXT, posted_at TEXT, koc_id TEXT, platform TEXT, url TEXT,
    PRIMARY KEY(brand, post_id)) WITHOUT ROWID;
CREATE INDEX posts_by_time ON posts(brand, posted_at, koc_id);
CREATE TABLE guide_days(brand TEXT, date TEXT, guide_id TEXT, chats INTEGER, messages INTEGER,
    reply_percentage NUMERIC, avg_reply_minutes NUMERIC, negative_feedback INTEGER,
    PRIMARY KEY(brand, date, guide_id)) WITHOUT ROWID;
CREATE TABLE group_days(brand TEXT, date TEXT, group_id TEXT, members INTEGER, new_members INTEGER,
    active_members INTEGER, messages INTEGER, PRIMARY KEY(brand, date, group_id)) WITHOUT ROWID;
CREATE TABLE brand_sales(brand TEXT, date TEXT, channel TEXT, gmv NUMERIC,
    PRIMARY KEY(brand, date, channel)) WITHOUT ROWID;
CREATE TABLE guides(guide_id TEXT, name TEXT, type TEXT, monthly_cost NUMERIC, "from" TEXT,
    PRIMARY KEY(guide_id, "from")) WITHOUT ROWID;
CREATE TABLE allocations(guide_id TEXT, tenant TEXT, share NUMERIC, "from" TEXT,
    PRIMARY KEY(tenant, guide_id, "from")) WITHOUT ROWID;
