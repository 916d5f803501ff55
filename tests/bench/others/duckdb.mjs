// SPDX-License-Identifier: Apache-2.0
// The figures by DuckDB, of all brands in one go: over its own database, or over the CSV files.
//
//   node duckdb.mjs load DATABASE FOLDER         takes in guides.csv, allocations.csv and the brands' folders of FOLDER
//   node duckdb.mjs figures DATABASE             prints the figures as JSON
//   node duckdb.mjs csv FOLDER                   the same over the files of FOLDER, nothing kept
//   node duckdb.mjs morning DATABASE FOLDER      takes in the brands' next/ folders, then the figures
//
//   --period daily|weekly|monthly   --date 2026-10-30   --html DIR
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const MONTHLY_FEE = 3_000_000;

const text = "VARCHAR", time = "TIMESTAMP", money = "DECIMAL(18, 2)", whole = "BIGINT";
const FACTS = {
  touches: { date: "DATE", channel: text, touches: whole, cost: money, campaign: text },
  joins: { joined_at: time, customer_id: text, guide_id: text, group_id: text, channel: text, inviter_id: text, post_id: text },
  leaves: { left_at: time, customer_id: text, guide_id: text, group_id: text },
  interactions: { at: time, customer_id: text, kind: text, guide_id: text, group_id: text, campaign: text },
  guide_actions: { at: time, guide_id: text, kind: text, target: text, count: whole },
  tickets: { ticket_id: text, opened_at: time, first_response_at: time, resolved_at: time, customer_id: text, guide_id: text },
  surveys: { at: time, score: money, response_id: text, customer_id: text, guide_id: text },
  orders: { order_id: text, paid_at: time, amount: money, customer_id: text, guide_id: text, channel: text, path: text,
            category: text, refunded: money, refunded_at: time },
  refunds: { refund_id: text, order_id: text, at: time, amount: money },
  posts: { post_id: text, posted_at: time, koc_id: text, platform: text, url: text },
  guide_days: { date: "DATE", guide_id: text, chats: whole, messages: whole, reply_percentage: money,
                avg_reply_minutes: whole, negative_feedback: whole },
  group_days: { date: "DATE", group_id: text, members: whole, new_members: whole, active_members: whole, messages: whole },
  brand_sales: { date: "DATE", channel: text, gmv: money },
};
const AGENCY = {
  guides: { guide_id: text, name: text, type: text, monthly_cost: money, from: "DATE" },
  allocations: { guide_id: text, tenant: text, share: money, from: "DATE" },
};
// What the figures need of the facts that more than one of their queries reads: over files, each is read once.
const READ_ONCE = {
  joins: "brand, joined_at, customer_id, guide_id, group_id, channel, inviter_id, post_id",
  leaves: "brand, left_at, customer_id, guide_id, group_id",
  orders: "brand, order_id, paid_at, amount, customer_id, refunded, refunded_at",
  tickets: "*", surveys: 'brand, "at", score', posts: "brand, posted_at, koc_id", refunds: "*", touches: "*",
  guide_days: "brand, date, chats, reply_percentage", group_days: "brand, date, members, active_members",
};

const quoted = (name) => `"${name}"`;
const typed = (columns) => `{${Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`).join(", ")}}`;
// The files of one fact of all brands; the folder says whose they are.
const files = (folder, under, fact) =>
  `(SELECT * EXCLUDE (filename), parse_path(filename)[${under ? -3 : -2}] AS brand
    FROM read_csv('${folder}/*/${under}${fact}.csv', header = true, filename = true, columns = ${typed(FACTS[fact])}))`;

async function create(db) {
  for (const [fact, columns] of Object.entries({ ...FACTS, ...AGENCY })) {
    const brand = fact in AGENCY ? [] : ["brand VARCHAR"];
    const all = [...brand, ...Object.entries(columns).map(([name, type]) => `${quoted(name)} ${type}`)];
    await db.run(`CREATE TABLE ${fact}(${all.join(", ")})`);
  }
}

async function load(db, folder, under) {
  await db.run("BEGIN");
  if (!under)
    for (const [fact, columns] of Object.entries(AGENCY))
      await db.run(`INSERT INTO ${fact} BY NAME FROM read_csv('${folder}/${fact}.csv', header = true, columns = ${typed(columns)})`);
  for (const fact of Object.keys(FACTS)) await db.run(`INSERT INTO ${fact} BY NAME FROM ${files(folder, under, fact)}`);
  await db.run("COMMIT");
}

async function look_at(db, folder) {
  for (const [fact, columns] of Object.entries(AGENCY))
    await db.run(`CREATE TABLE ${fact} AS FROM read_csv('${folder}/${fact}.csv', header = true, columns = ${typed(columns)})`);
  for (const fact of Object.keys(FACTS)) {
    if (fact in READ_ONCE) await db.run(`CREATE TABLE ${fact} AS SELECT ${READ_ONCE[fact]} FROM ${files(folder, "", fact)}`);
    else await db.run(`CREATE VIEW ${fact} AS FROM ${files(folder, "", fact)}`);
  }
}

// Days are counted from 1970-01-01; a Monday is 4 away from one that seven divides.
const day_of = (date) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const date_of = (day) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const month_of = (day) => {
  const date = new Date(day * 86_400_000);
  const from = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 86_400_000;
  return [from, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86_400_000 - 1];
};

function period(kind, day) {
  if (kind === "daily") return [day, day];
  if (kind === "monthly") return month_of(day);
  const monday = day - ((day + 3) % 7);
  return [monday, monday + 6];
}

// The period, the one before, and the 30 days up to its end.
function asked(kind, day) {
  const [first, last] = period(kind, day);
  return [[first, last], period(kind, first - 1), ...Array.from({ length: 30 }, (_, n) => [last - 29 + n, last - 29 + n])];
}

const days = ([first, last]) => Array.from({ length: last - first + 1 }, (_, n) => first + n);
const days_in_month = (day) => month_of(day)[1] - month_of(day)[0] + 1;
const summed = (values) => values.reduce((sum, value) => sum + value, 0);

function kpis(c, window, guides) {
  const n = (name) => c[name] ?? 0;
  const run = days(window), present = n("opening") + n("new"), gone = n("lost") + n("gone_again");
  const on = (day) => guides.filter((guide) => guide.from <= day);
  const fee = summed(days([window[1] - 89, window[1]]).map((day) => MONTHLY_FEE / days_in_month(day)));
  const made = {
    diverted_users: [n("new"), 1],
    diversion_rate: [n("new"), n("touches")],
    cost_per_user: [n("cost"), n("new")],
    members: [n("closing"), 1],
    retention_rate: [n("opening") - n("lost"), n("opening")],
    churn_rate: [gone, present],
    satisfaction: [n("satisfied"), n("surveys")],
    interaction_rate: [n("interacting"), present],
    group_retention: [n("groups_opening") - n("groups_lost"), n("groups_opening")],
    response_rate: [n("answered"), n("tickets")],
    backlog_rate: [n("late"), n("due")],
    reply_rate: [n("chats_replied"), n("chats") * 10_000],
    group_active_rate: [n("active_members"), n("group_members")],
    guide_333: [n("kept_333"), summed(run.map((day) => new Set(on(day).map((guide) => guide.id)).size))],
    gmv: [n("gmv"), 1],
    koc_posts: [n("posts"), 1],
    koc_users: [n("koc_users"), 1],
    referral_users: [n("referrals"), 1],
    net_gmv: [n("gmv") - n("refunded"), 1],
    return_rate: [n("refunded"), n("gmv")],
    buyers: [n("buyers"), 1],
    arpu: [n("gmv"), n("closing")],
    private_share: [n("gmv"), n("brand_gmv")],
    repurchase_30d: [n("repeated"), n("recent")],
    roi_90d: [n("gmv_90"), n("cost_90") + fee],
    koc_active: [n("kocs"), 1],
    gmv_per_guide: [n("gmv"), summed(run.flatMap((day) => on(day).map((guide) => guide.share))) / run.length],
    labour_leverage: [n("gmv"), summed(run.flatMap((day) => on(day).map((guide) => guide.share * guide.cost / days_in_month(day))))],
  };
  return Object.fromEntries(Object.entries(made).map(([name, [above, below]]) => [name, below ? [above, below] : null]));
}

async function figures(db, kind, day) {
  const windows = asked(kind, day), keys = [...new Set(windows.map(String))];
  const unique = keys.map((key) => key.split(",").map(Number));
  const earliest = Math.min(...unique.map(([first]) => first)), ends = unique.map(([, last]) => last);
  await db.run(`CREATE TEMP TABLE windows AS FROM (VALUES ${unique.map(([first, last], w) =>
    `(${w}, DATE '${date_of(first)}', DATE '${date_of(last)}')`).join(", ")}) AS t(w, first, last)`);
  await db.run("CREATE TEMP TABLE window_days AS SELECT w, first, last, unnest(range(first, last + 1, INTERVAL 1 DAY))::DATE AS day FROM windows");
  const variables = { first: earliest, after: Math.max(...ends) + 1, month: Math.min(earliest, Math.min(...ends) - 29),
                      quarter: Math.min(earliest, Math.min(...ends) - 89) };
  for (const [name, value] of Object.entries(variables)) await db.run(`SET VARIABLE ${name} = DATE '${date_of(value)}'`);

  const statements = readFileSync(new URL("duckdb.sql", import.meta.url), "utf8").split(";\n").filter((one) => one.trim());
  for (const statement of statements.slice(0, -1)) await db.run(statement);
  const counted = {};
  for (const [brand, w, name, n] of (await db.runAndReadAll(statements.at(-1))).getRows()) {
    const one = ((counted[brand] ??= [])[w] ??= {});
    one[name] = (one[name] ?? 0) + n;
  }
  const guides = {};
  const roster = await db.runAndReadAll(`SELECT tenant, guide_id, share::DOUBLE, (monthly_cost * 100)::DOUBLE, a."from"::VARCHAR
    FROM allocations AS a JOIN guides USING (guide_id)`);
  for (const [brand, id, share, cost, from] of roster.getRows()) (guides[brand] ??= []).push({ id, share, cost, from: day_of(from) });

  const reports = {};
  for (const brand of Object.keys(guides).sort()) {
    const made = unique.map((window, w) => kpis(counted[brand]?.[w] ?? {}, window, guides[brand]));
    const [value, prev, ...series] = windows.map((window) => made[keys.indexOf(String(window))]);
    reports[brand] = Object.fromEntries(Object.keys(value).map((name) =>
      [name, { value: value[name], prev: prev[name], series: series.map((one) => one[name]) }]));
  }
  return { windows, reports };
}

const TITLES = {
  diverted_users: "导流用户数", diversion_rate: "导流率", cost_per_user: "单客成本", members: "私域成员数", retention_rate: "留存率",
  churn_rate: "流失率", satisfaction: "满意度", interaction_rate: "互动率", group_retention: "群留存", response_rate: "首响率",
  backlog_rate: "积压率", reply_rate: "聊天回复率", group_active_rate: "群活跃率", guide_333: "3+3+3 达标率", gmv: "GMV",
  koc_posts: "KOC 分发", koc_users: "KOC 带来用户", referral_users: "老带新", net_gmv: "净 GMV", return_rate: "退款率",
  buyers: "成交客户数", arpu: "人均贡献", private_share: "私域占比", repurchase_30d: "30 天复购率", roi_90d: "90 天 ROI",
  koc_active: "活跃 KOC", gmv_per_guide: "人均产出", labour_leverage: "人效",
};
const MONEY = new Set(["gmv", "net_gmv", "arpu", "gmv_per_guide", "cost_per_user"]);
const PLAIN = new Set(["diverted_users", "koc_posts", "koc_users", "referral_users", "members", "buyers", "koc_active"]);
const MULTIPLE = new Set(["roi_90d", "labour_leverage"]);

function shown(name, value) {
  if (value === null) return "–";
  if (MONEY.has(name)) return `¥${(value / 100).toFixed(2)}`;
  if (PLAIN.has(name)) return value.toFixed(0);
  return MULTIPLE.has(name) ? value.toFixed(2) : `${(value * 100).toFixed(1)}%`;
}

function page(brand, window, report) {
  const number = (pair) => pair && pair[0] / pair[1];
  const rows = Object.entries(report).map(([name, figure]) => {
    const value = number(figure.value), prev = number(figure.prev), series = figure.series.map(number);
    const known = series.filter((one) => one !== null), low = Math.min(...known), high = Math.max(...known);
    const points = series.map((one, place) => one === null ? "" :
      `${place * 6},${(34 - (32 * (one - low)) / (high - low || 1)).toFixed(1)}`).join(" ");
    const change = value === null || !prev ? "–" : `${((value / prev - 1) * 100).toFixed(1)}%`;
    return `<tr><td>${TITLES[name]}</td><td>${shown(name, value)}</td><td>${shown(name, prev)}</td><td>${change}</td>
<td><svg width="180" height="36"><polyline points="${points}"/></svg></td></tr>`;
  });
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${brand}</title>
<style>td, th { border-bottom: 1px solid #ddd; text-align: right; } polyline { fill: none; stroke: #36c; }</style></head>
<body><h1>${brand}</h1><p>${window.map(date_of).join(" – ")}</p><table>
<tr><th>指标</th><th>本期</th><th>上期</th><th>变化</th><th>近 30 天</th></tr>
${rows.join("\n")}</table></body></html>`;
}

const words = process.argv.slice(2), places = [], options = { period: "daily", date: "2026-10-30" };
while (words.length) {
  const word = words.shift();
  if (word.startsWith("--")) options[word.slice(2)] = words.shift();
  else places.push(word);
}
const [task, first, second] = places;
const instance = await DuckDBInstance.create(task === "csv" ? ":memory:" : first);
const db = await instance.connect();
if (task === "load") {
  await create(db);
  await load(db, second, "");
  await db.run("CHECKPOINT");
} else {
  if (task === "csv") await look_at(db, first);
  if (task === "morning") await load(db, second, "next/");
  const { windows, reports } = await figures(db, options.period, day_of(options.date));
  if (options.html) {
    mkdirSync(options.html, { recursive: true });
    for (const [brand, report] of Object.entries(reports)) writeFileSync(`${options.html}/${brand}.html`, page(brand, windows[0], report));
  }
  console.log(JSON.stringify(reports));
}
db.closeSync();
instance.closeSync();
