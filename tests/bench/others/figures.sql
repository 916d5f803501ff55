-- SPDX-License-Identifier: Apache-2.0
-- Everything that is counted of one brand, :brand, in each period of temp.windows(w, first, last, after, month, quarter):
-- days as texts, `after` the day after `last`, `month` and `quarter` the 30th and 90th day up to `last`.
-- Sums are taken by day once and added up over the periods.

-- Who was in which relationship from which evening on, until before which.
CREATE TEMP TABLE stay AS
WITH relation(customer, kin, at, leaving) AS (
    SELECT customer_id, CASE WHEN group_id <> '' THEN 'q' || group_id WHEN guide_id <> '' THEN 'g' || guide_id ELSE '' END,
        joined_at, 0 FROM joins WHERE brand = :brand),
event AS (
    SELECT * FROM relation
    UNION ALL
    SELECT customer_id, CASE WHEN group_id <> '' THEN 'q' || group_id ELSE 'g' || guide_id END, left_at, 1 FROM leaves
    WHERE brand = :brand AND (group_id <> '' OR guide_id <> '')
    UNION ALL
    SELECT DISTINCT customer, kin, left_at, 1 FROM leaves JOIN relation ON customer = customer_id
    WHERE brand = :brand AND group_id = '' AND guide_id = ''),
run AS (
    SELECT customer, kin, leaving, substr(at, 1, 10) AS since,
        substr(coalesce(lead(at) OVER (PARTITION BY customer, kin ORDER BY at, leaving), '9999-12-31'), 1, 10) AS until
    FROM event)
SELECT customer, kin >= 'q' AS in_group, since, until FROM run WHERE NOT leaving AND since < until;

-- The same without the overlaps: of all relationships, and of groups alone.
CREATE TEMP TABLE member AS
WITH known AS (
    SELECT customer, 0 AS groups, since, until FROM stay
    UNION ALL SELECT customer, 1, since, until FROM stay WHERE in_group),
reached AS (
    SELECT *, max(until) OVER (PARTITION BY groups, customer ORDER BY since, until
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach FROM known),
island AS (
    SELECT *, sum(reach IS NULL OR since > reach) OVER (PARTITION BY groups, customer ORDER BY since, until) AS island
    FROM reached)
SELECT groups, customer, min(since) AS since, max(until) AS until FROM island GROUP BY groups, customer, island;
CREATE INDEX temp.member_by_customer ON member(groups, customer, since, until);
CREATE INDEX temp.member_by_end ON member(groups, until, since, customer);

CREATE TEMP TABLE change AS
SELECT groups, day, sum(n) AS n FROM (SELECT groups, since AS day, 1 AS n FROM member
    UNION ALL SELECT groups, until, -1 FROM member) GROUP BY groups, day;

CREATE TEMP TABLE lost AS
SELECT w, groups, count(*) AS n FROM windows CROSS JOIN member AS m
WHERE groups IN (0, 1) AND until BETWEEN first AND last AND since < first
    AND NOT EXISTS (SELECT 1 FROM member AS again WHERE again.groups = m.groups AND again.customer = m.customer
                    AND again.since <= last AND again.until > last)
GROUP BY w, groups;

CREATE TEMP TABLE arrival AS
SELECT w, customer, inviter_id <> '' AS invited, post_id <> '' AS by_post,
    NOT EXISTS (SELECT 1 FROM member WHERE groups = 0 AND member.customer = earliest.customer
                AND since <= last AND until > last) AS gone
FROM (SELECT w, first, last, customer_id AS customer, inviter_id, post_id,
          row_number() OVER (PARTITION BY w, customer_id ORDER BY joined_at, channel, guide_id, group_id) AS place
      FROM windows CROSS JOIN joins WHERE brand = :brand AND joined_at >= first AND joined_at < after) AS earliest
WHERE place = 1 AND NOT EXISTS (SELECT 1 FROM member WHERE groups = 0 AND member.customer = earliest.customer
                                AND since < first AND until >= first);
CREATE INDEX temp.arrival_by_customer ON arrival(w, customer);

CREATE TEMP TABLE interacting AS
SELECT w, count(*) AS n
FROM (SELECT DISTINCT w, first, customer_id AS customer FROM windows CROSS JOIN interactions
      WHERE brand = :brand AND at >= first AND at < after) AS i
WHERE EXISTS (SELECT 1 FROM member WHERE groups = 0 AND member.customer = i.customer AND since < first AND until >= first)
    OR EXISTS (SELECT 1 FROM arrival WHERE arrival.w = i.w AND arrival.customer = i.customer)
GROUP BY w;

CREATE TEMP TABLE buyer AS
SELECT w, count(DISTINCT customer_id) AS n FROM windows CROSS JOIN orders
WHERE brand = :brand AND paid_at >= first AND paid_at < after AND customer_id <> '' GROUP BY w;

-- A buyer's last order in the 30 days stands for the buyer; the one before it says whether it is another one.
CREATE TEMP TABLE repeated AS
WITH bought AS (
    SELECT substr(paid_at, 1, 10) AS day,
        coalesce(lead(substr(paid_at, 1, 10)) OVER by_customer, '9999-12-31') AS next,
        coalesce(lag(substr(paid_at, 1, 10)) OVER by_customer, '') AS before
    FROM orders WHERE brand = :brand AND customer_id <> '' AND paid_at >= (SELECT min(month) FROM windows)
    WINDOW by_customer AS (PARTITION BY customer_id ORDER BY paid_at))
SELECT w, count(*) AS recent, sum(before >= month) AS n
FROM windows JOIN bought ON day BETWEEN month AND last AND next > last GROUP BY w;

CREATE TEMP TABLE koc AS
SELECT w, count(DISTINCT koc_id) AS n FROM windows CROSS JOIN posts
WHERE brand = :brand AND posted_at >= first AND posted_at < after GROUP BY w;

CREATE TEMP TABLE asked AS
SELECT w, count(*) AS n, sum(first_response_at <> '' AND first_response_at < after
        AND first_response_at <= datetime(opened_at, '+10 minutes')) AS answered
FROM windows CROSS JOIN tickets WHERE brand = :brand AND opened_at >= first AND opened_at < after GROUP BY w;

CREATE TEMP TABLE backlog AS
SELECT w, count(*) AS n, sum(resolved_at = '' OR resolved_at > datetime(opened_at, '+48 hours')) AS late
FROM windows CROSS JOIN tickets
WHERE brand = :brand AND opened_at >= datetime(first, '-48 hours') AND opened_at < datetime(after, '-48 hours') GROUP BY w;

-- Sums by day.
CREATE TEMP TABLE sums(name TEXT, day TEXT, n INTEGER, more INTEGER, PRIMARY KEY(name, day)) WITHOUT ROWID;
INSERT INTO sums SELECT 'touches', date, sum(touches), sum(CAST(round(cost * 100) AS INTEGER)) FROM touches
    WHERE brand = :brand AND date >= (SELECT min(quarter) FROM windows) GROUP BY date;
INSERT INTO sums SELECT 'orders', substr(paid_at, 1, 10) AS day, sum(CAST(round(amount * 100) AS INTEGER)), 0 FROM orders
    WHERE brand = :brand AND paid_at >= (SELECT min(quarter) FROM windows) GROUP BY day;
INSERT INTO sums SELECT 'refunds', day, sum(n), 0 FROM (
    SELECT substr(at, 1, 10) AS day, CAST(round(amount * 100) AS INTEGER) AS n FROM refunds
    WHERE brand = :brand AND at >= (SELECT min(first) FROM windows)
    UNION ALL SELECT substr(refunded_at, 1, 10), CAST(round(refunded * 100) AS INTEGER) FROM orders
    WHERE brand = :brand AND refunded_at <> '' AND refunded_at >= (SELECT min(first) FROM windows)
        AND NOT EXISTS (SELECT 1 FROM refunds WHERE refunds.brand = :brand AND refunds.order_id = orders.order_id))
    GROUP BY day;
INSERT INTO sums SELECT 'surveys', substr(at, 1, 10) AS day, count(*), sum(score >= 4) FROM surveys
    WHERE brand = :brand AND at >= (SELECT min(first) FROM windows) GROUP BY day;
INSERT INTO sums SELECT 'posts', substr(posted_at, 1, 10) AS day, count(*), 0 FROM posts
    WHERE brand = :brand AND posted_at >= (SELECT min(first) FROM windows) GROUP BY day;
INSERT INTO sums SELECT 'guide_days', date, sum(chats), sum(chats * CAST(round(reply_percentage * 100) AS INTEGER))
    FROM guide_days WHERE brand = :brand AND date >= (SELECT min(first) FROM windows) AND reply_percentage <> ''
    GROUP BY date;
INSERT INTO sums SELECT 'group_days', date, sum(members), sum(active_members) FROM group_days
    WHERE brand = :brand AND date >= (SELECT min(first) FROM windows) AND active_members <> '' GROUP BY date;
INSERT INTO sums SELECT 'brand_sales', date, sum(CAST(round(gmv * 100) AS INTEGER)), 0 FROM brand_sales
    WHERE brand = :brand AND date >= (SELECT min(first) FROM windows) GROUP BY date;
INSERT INTO sums SELECT '333', day, count(*), 0 FROM (
    SELECT substr(at, 1, 10) AS day, guide_id FROM guide_actions
    WHERE brand = :brand AND at >= (SELECT min(first) FROM windows) GROUP BY day, guide_id
    HAVING sum(CASE kind WHEN 'moment' THEN count END) >= 3 AND sum(CASE kind WHEN 'private_chat' THEN count END) >= 3
        AND sum(CASE kind WHEN 'group_message' THEN count END) >= 3) AS kept
    WHERE EXISTS (SELECT 1 FROM allocations AS a WHERE tenant = :brand AND a.guide_id = kept.guide_id AND "from" <= day)
    GROUP BY day;

CREATE TEMP TABLE total AS
SELECT w, name, sum(CASE WHEN day >= first THEN n END) AS n, sum(CASE WHEN day >= first THEN more END) AS more,
    sum(n) AS n_90, sum(more) AS more_90
FROM windows JOIN sums ON day BETWEEN quarter AND last GROUP BY w, name;
CREATE INDEX temp.total_by_name ON total(w, name);

SELECT o.w, (SELECT count(*) FROM arrival WHERE arrival.w = o.w) AS new,
    (SELECT sum(by_post) FROM arrival WHERE arrival.w = o.w) AS koc_users,
    (SELECT sum(invited) FROM arrival WHERE arrival.w = o.w) AS referrals,
    (SELECT sum(n) FROM change WHERE groups = 0 AND day < first) AS opening,
    (SELECT sum(n) FROM change WHERE groups = 0 AND day <= last) AS closing,
    (SELECT n FROM lost WHERE lost.w = o.w AND groups = 0) AS lost,
    (SELECT sum(gone) FROM arrival WHERE arrival.w = o.w) AS gone_again,
    (SELECT n FROM interacting AS i WHERE i.w = o.w) AS interacting,
    (SELECT sum(n) FROM change WHERE groups = 1 AND day < first) AS groups_opening,
    (SELECT n FROM lost WHERE lost.w = o.w AND groups = 1) AS groups_lost,
    touches.n AS touches, touches.more AS cost, surveys.n AS surveys, surveys.more AS satisfied,
    asked.n AS tickets, asked.answered, backlog.n AS due, backlog.late,
    guide_days.more AS chats_replied, guide_days.n AS chats, group_days.more AS active_members,
    group_days.n AS group_members, kept.n AS kept_333, orders.n AS gmv, refunds.n AS refunded, buyer.n AS buyers,
    posts.n AS posts, koc.n AS kocs, brand_sales.n AS brand_gmv, repeated.recent, repeated.n AS repeated,
    orders.n_90 AS gmv_90, touches.more_90 AS cost_90
FROM windows AS o LEFT JOIN asked USING (w) LEFT JOIN backlog USING (w) LEFT JOIN buyer USING (w) LEFT JOIN koc USING (w)
    LEFT JOIN repeated USING (w)
    LEFT JOIN total AS touches ON touches.w = o.w AND touches.name = 'touches'
    LEFT JOIN total AS orders ON orders.w = o.w AND orders.name = 'orders'
    LEFT JOIN total AS refunds ON refunds.w = o.w AND refunds.name = 'refunds'
    LEFT JOIN total AS surveys ON surveys.w = o.w AND surveys.name = 'surveys'
    LEFT JOIN total AS posts ON posts.w = o.w AND posts.name = 'posts'
    LEFT JOIN total AS guide_days ON guide_days.w = o.w AND guide_days.name = 'guide_days'
    LEFT JOIN total AS group_days ON group_days.w = o.w AND group_days.name = 'group_days'
    LEFT JOIN total AS brand_sales ON brand_sales.w = o.w AND brand_sales.name = 'brand_sales'
    LEFT JOIN total AS kept ON kept.w = o.w AND kept.name = '333'
ORDER BY o.w;
