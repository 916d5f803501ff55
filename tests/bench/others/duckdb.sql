-- SPDX-License-Identifier: Apache-2.0
-- Everything that is counted, of all brands at once, in each period of windows(w, first, last) and on its days,
-- window_days(w, first, last, day). The variables `first`, `month` and `quarter` are the earliest days that are asked for,
-- of the periods, of the 30 and of the 90 days up to the end of each; `after` is the day after the last.

-- Who was in which relationship from which evening on, until before which.
CREATE TEMP TABLE stay AS
WITH relation AS (
    SELECT brand, customer_id AS customer, group_id IS NOT NULL AS in_group, coalesce(group_id, guide_id, '') AS kin,
        joined_at AS "at", false AS leaving FROM joins),
event AS (
    FROM relation
    UNION ALL
    SELECT brand, customer_id, group_id IS NOT NULL, coalesce(group_id, guide_id), left_at, true FROM leaves
    WHERE group_id IS NOT NULL OR guide_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT relation.brand, customer, in_group, kin, left_at, true
    FROM relation JOIN leaves ON leaves.brand = relation.brand AND customer_id = customer
    WHERE leaves.group_id IS NULL AND leaves.guide_id IS NULL),
run AS (
    SELECT brand, customer, in_group, leaving, "at"::DATE AS since,
        coalesce(lead("at") OVER (PARTITION BY brand, customer, in_group, kin ORDER BY "at", leaving)::DATE,
                 DATE '9999-12-31') AS until
    FROM event)
SELECT brand, customer, in_group, since, until FROM run WHERE NOT leaving AND since < until;

-- The same without the overlaps: of all relationships, and of groups alone.
CREATE TEMP TABLE member AS
WITH known AS (
    SELECT brand, false AS groups, customer, since, until FROM stay
    UNION ALL SELECT brand, true, customer, since, until FROM stay WHERE in_group),
reached AS (
    SELECT *, max(until) OVER (PARTITION BY brand, groups, customer ORDER BY since, until
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach FROM known),
island AS (
    SELECT *, count(*) FILTER (reach IS NULL OR since > reach)
        OVER (PARTITION BY brand, groups, customer ORDER BY since, until) AS island FROM reached)
SELECT brand, groups, customer, min(since) AS since, max(until) AS until FROM island
GROUP BY brand, groups, customer, island;

CREATE TEMP TABLE change AS
SELECT brand, groups, day, sum(n) AS n
FROM (SELECT brand, groups, since AS day, count(*) AS n FROM member GROUP BY ALL
      UNION ALL SELECT brand, groups, until, -count(*) FROM member GROUP BY ALL)
GROUP BY ALL;

CREATE TEMP TABLE lost AS
SELECT brand, w, groups, count(*) AS n
FROM windows JOIN member AS m ON until BETWEEN first AND last AND since < first
WHERE NOT EXISTS (FROM member AS again WHERE again.brand = m.brand AND again.groups = m.groups
                  AND again.customer = m.customer AND again.since <= last AND again.until > last)
GROUP BY ALL;

CREATE TEMP TABLE arrival AS
WITH earliest AS (
    SELECT brand, w, first, last, customer_id AS customer,
        arg_min(inviter_id IS NOT NULL, rank) AS invited, arg_min(post_id IS NOT NULL, rank) AS by_post
    FROM (SELECT *, (joined_at, coalesce(channel, ''), coalesce(guide_id, ''), coalesce(group_id, '')) AS rank
          FROM joins WHERE joined_at >= getvariable('first'))
    JOIN window_days ON day = joined_at::DATE GROUP BY ALL)
SELECT brand, w, customer, invited, by_post,
    NOT EXISTS (FROM member AS m WHERE NOT groups AND m.brand = e.brand AND m.customer = e.customer
                AND since <= last AND until > last) AS gone
FROM earliest AS e
WHERE NOT EXISTS (FROM member AS m WHERE NOT groups AND m.brand = e.brand AND m.customer = e.customer
                  AND since < first AND until >= first);

CREATE TEMP TABLE interacted AS
SELECT DISTINCT brand, w, first, customer_id AS customer FROM interactions JOIN window_days ON day = "at"::DATE
WHERE "at" >= getvariable('first') AND "at" < getvariable('after');

CREATE TEMP TABLE bought AS
SELECT brand, paid_at::DATE AS day,
    coalesce(lead(paid_at) OVER by_customer, TIMESTAMP '9999-12-31')::DATE AS next,
    coalesce(lag(paid_at) OVER by_customer, TIMESTAMP '1970-01-01')::DATE AS before
FROM orders WHERE customer_id IS NOT NULL AND paid_at >= getvariable('month')
WINDOW by_customer AS (PARTITION BY brand, customer_id ORDER BY paid_at);

-- Sums by day.
CREATE TEMP TABLE sums AS
SELECT brand, 'touches' AS name, date AS day, sum(touches) AS n FROM touches WHERE date >= getvariable('quarter') GROUP BY ALL
UNION ALL SELECT brand, 'cost', date, (sum(cost) * 100)::BIGINT FROM touches WHERE date >= getvariable('quarter') GROUP BY ALL
UNION ALL SELECT brand, 'gmv', paid_at::DATE, (sum(amount) * 100)::BIGINT FROM orders
    WHERE paid_at >= getvariable('quarter') GROUP BY ALL
UNION ALL SELECT brand, 'refunded', "at"::DATE, (sum(amount) * 100)::BIGINT FROM refunds
    WHERE "at" >= getvariable('first') GROUP BY ALL
UNION ALL SELECT brand, 'refunded', refunded_at::DATE, (sum(refunded) * 100)::BIGINT FROM orders ANTI JOIN refunds
    USING (brand, order_id) WHERE refunded_at >= getvariable('first') GROUP BY ALL
UNION ALL SELECT brand, 'surveys', "at"::DATE, count(*) FROM surveys WHERE "at" >= getvariable('first') GROUP BY ALL
UNION ALL SELECT brand, 'satisfied', "at"::DATE, count(*) FROM surveys
    WHERE "at" >= getvariable('first') AND score >= 4 GROUP BY ALL
UNION ALL SELECT brand, 'posts', posted_at::DATE, count(*) FROM posts WHERE posted_at >= getvariable('first') GROUP BY ALL
UNION ALL SELECT brand, 'chats', date, sum(chats) FROM guide_days
    WHERE date >= getvariable('first') AND reply_percentage IS NOT NULL GROUP BY ALL
UNION ALL SELECT brand, 'chats_replied', date, (sum(chats * reply_percentage) * 100)::BIGINT FROM guide_days
    WHERE date >= getvariable('first') GROUP BY ALL
UNION ALL SELECT brand, 'group_members', date, sum(members) FROM group_days
    WHERE date >= getvariable('first') AND active_members IS NOT NULL GROUP BY ALL
UNION ALL SELECT brand, 'active_members', date, sum(active_members) FROM group_days
    WHERE date >= getvariable('first') GROUP BY ALL
UNION ALL SELECT brand, 'brand_gmv', date, (sum(gmv) * 100)::BIGINT FROM brand_sales
    WHERE date >= getvariable('first') GROUP BY ALL
UNION ALL SELECT brand, 'tickets', opened_at::DATE, count(*) FROM tickets WHERE opened_at >= getvariable('first') GROUP BY ALL
UNION ALL SELECT brand, 'due', (opened_at + INTERVAL 48 HOURS)::DATE, count(*) FROM tickets
    WHERE opened_at >= getvariable('first') - INTERVAL 48 HOURS GROUP BY ALL
UNION ALL SELECT brand, 'late', (opened_at + INTERVAL 48 HOURS)::DATE, count(*) FROM tickets
    WHERE opened_at >= getvariable('first') - INTERVAL 48 HOURS
        AND (resolved_at IS NULL OR resolved_at > opened_at + INTERVAL 48 HOURS) GROUP BY ALL
UNION ALL SELECT brand, 'kept_333', day, count(*) FROM (
    SELECT brand, guide_id, "at"::DATE AS day FROM guide_actions WHERE "at" >= getvariable('first') GROUP BY ALL
    HAVING sum(count) FILTER (kind = 'moment') >= 3 AND sum(count) FILTER (kind = 'private_chat') >= 3
        AND sum(count) FILTER (kind = 'group_message') >= 3) AS kept
    SEMI JOIN allocations AS a ON a.tenant = kept.brand AND a.guide_id = kept.guide_id AND a."from" <= day GROUP BY ALL;

SELECT brand, w, CASE WHEN groups THEN 'groups_opening' ELSE 'opening' END AS name, sum(n)::DOUBLE AS n
    FROM windows JOIN change ON day < first GROUP BY ALL
UNION ALL SELECT brand, w, 'closing', sum(n) FROM windows JOIN change ON day <= last WHERE NOT groups GROUP BY ALL
UNION ALL SELECT brand, w, CASE WHEN groups THEN 'groups_lost' ELSE 'lost' END, n FROM lost
UNION ALL SELECT brand, w, 'new', count(*) FROM arrival GROUP BY ALL
UNION ALL SELECT brand, w, 'referrals', count(*) FROM arrival WHERE invited GROUP BY ALL
UNION ALL SELECT brand, w, 'koc_users', count(*) FROM arrival WHERE by_post GROUP BY ALL
UNION ALL SELECT brand, w, 'gone_again', count(*) FROM arrival WHERE gone GROUP BY ALL
UNION ALL SELECT i.brand, w, 'interacting', count(*) FROM interacted AS i
    JOIN member AS m ON NOT groups AND m.brand = i.brand AND m.customer = i.customer AND since < first AND until >= first
    GROUP BY ALL
UNION ALL SELECT brand, w, 'interacting', count(*) FROM interacted SEMI JOIN arrival USING (brand, w, customer) GROUP BY ALL
UNION ALL SELECT brand, w, 'buyers', count(DISTINCT customer_id) FROM orders JOIN window_days ON day = paid_at::DATE
    WHERE paid_at >= getvariable('first') GROUP BY ALL
UNION ALL SELECT brand, w, 'recent', count(*) FROM windows
    JOIN bought ON day BETWEEN last - 29 AND last AND next > last GROUP BY ALL
UNION ALL SELECT brand, w, 'repeated', count(*) FROM windows
    JOIN bought ON day BETWEEN last - 29 AND last AND next > last AND before >= last - 29 GROUP BY ALL
UNION ALL SELECT brand, w, 'kocs', count(DISTINCT koc_id) FROM posts JOIN window_days ON day = posted_at::DATE
    WHERE posted_at >= getvariable('first') GROUP BY ALL
UNION ALL SELECT brand, w, 'answered', count(*) FROM windows JOIN tickets ON opened_at::DATE BETWEEN first AND last
    WHERE opened_at >= getvariable('first') AND first_response_at < last + 1
        AND first_response_at <= opened_at + INTERVAL 10 MINUTES GROUP BY ALL
UNION ALL SELECT brand, w, name, sum(n) FROM window_days JOIN sums USING (day) GROUP BY ALL
UNION ALL SELECT brand, w, name || '_90', sum(n) FROM windows JOIN sums ON day BETWEEN last - 89 AND last
    WHERE name IN ('gmv', 'cost') GROUP BY ALL;
