// SPDX-License-Identifier: Apache-2.0
#include "tests/reports/sample_scorecard.hpp"

#include <algorithm>

namespace siyu {

namespace {

using SetOp = SetNode::Op;
using Op = MeasureNode::Op;

class Maker {
  public:
    Scorecard card;

    SetId set(SetOp op, SetId left = none, SetId right = none) {
        SetNode node;
        node.op = op;
        node.left = left;
        node.right = right;
        return set(std::move(node));
    }
    SetId set(SetNode node) {
        card.blueprint.sets.push_back(std::move(node));
        return static_cast<SetId>(card.blueprint.sets.size() - 1);
    }
    MeasureId measure(MeasureNode node) {
        card.blueprint.measures.push_back(std::move(node));
        return static_cast<MeasureId>(card.blueprint.measures.size() - 1);
    }
    MeasureId size(SetId id) {
        MeasureNode node;
        node.op = Op::size;
        node.set = id;
        return measure(std::move(node));
    }
    MeasureId total(const char* fact, const char* column, int days = 0) {
        MeasureNode node;
        node.op = Op::total;
        node.name = fact;
        node.column = column;
        node.trailing_days = days;
        return measure(std::move(node));
    }
    MeasureId quantity(const char* name, std::vector<std::int64_t> arguments = {}) {
        MeasureNode node;
        node.op = Op::quantity;
        node.name = name;
        node.arguments = std::move(arguments);
        return measure(std::move(node));
    }
    MeasureId minus(MeasureId left, MeasureId right) {
        MeasureNode node;
        node.op = Op::minus;
        node.left = left;
        node.right = right;
        return measure(std::move(node));
    }

    Kpi& kpi(const char* id, const char* zh, const char* en, Group group, Unit unit, Better better, MeasureId above,
             MeasureId below, Value value, Value prev) {
        Kpi made;
        made.id = id;
        made.title_zh = zh;
        made.title_en = en;
        made.group = group;
        made.unit = unit;
        made.better = better;
        made.above = above;
        made.below = below;
        made.declared_by = "standard";
        card.blueprint.kpis.push_back(std::move(made));
        Figure figure;
        figure.kpi = id;
        figure.value = std::move(value);
        figure.prev = std::move(prev);
        // A course with some life in it, and one gap.
        for (int i = 0; i < 30; ++i) {
            if (i == 17 || !figure.value)
                figure.series.emplace_back(Gap::not_ready);
            else
                figure.series.emplace_back(*figure.value *
                                           Fraction(80 + (i * 37 + static_cast<int>(group) * 11) % 41, 700));
        }
        card.figures.push_back(std::move(figure));
        return card.blueprint.kpis.back();
    }
};

Standing standing(Value forecast, Value adjusted, Value due, Value actual, Value attainment, bool breached,
                  Value client, Value agency, std::optional<Line> line, Value projection) {
    Standing made;
    made.month = *parse_day("2026-11-01");
    made.in_table = true;
    made.forecast = std::move(forecast);
    made.adjusted = std::move(adjusted);
    made.due = std::move(due);
    made.actual = std::move(actual);
    made.attainment = std::move(attainment);
    made.floor_breached = breached;
    made.client_gap = std::move(client);
    made.agency_gap = std::move(agency);
    made.line = line;
    made.projection = std::move(projection);
    return made;
}

void add_kpis(Maker& make) {
    const SetId start = make.set(SetOp::members),
                end = make.set(SetNode{.op = SetOp::members, .at_end = true, .filters = {}});
    const SetId arrived = make.set(SetOp::arrived), joined = make.set(SetOp::joined);
    const SetId present = make.set(SetOp::either, start, joined);
    const MeasureId touches = make.total("touches", "touches"), gmv = make.total("orders", "amount");
    const auto higher = Better::higher, lower = Better::lower;
    make.kpi("diverted_users", "导流用户数", "New users", Group::traffic, Unit::count, higher, make.size(arrived), none,
             1234, 1100)
        .headline = true;
    make.kpi("diversion_rate", "导流率", "Diversion rate", Group::traffic, Unit::ratio, higher, make.size(arrived),
             touches, Fraction(1234, 5678), Fraction(1100, 5400))
        .headline = true;
    make.kpi("cost_per_user", "单客成本", "Cost per user", Group::traffic, Unit::money, lower,
             make.total("touches", "cost"), make.size(arrived), Fraction(1234567, 1234), Fraction(1200000, 1100));
    make.kpi("retention_rate", "留存率", "Retention", Group::service, Unit::ratio, higher,
             make.size(make.set(SetOp::both, start, end)), make.size(start), Fraction(19790, 20000),
             Fraction(19850, 20000));
    make.kpi("churn_rate", "流失率", "Churn", Group::service, Unit::ratio, lower,
             make.size(make.set(SetOp::without, present, end)), make.size(present), Fraction(221, 21234),
             Fraction(160, 21000));
    make.kpi("satisfaction", "满意度", "Satisfaction", Group::service, Unit::ratio, higher,
             make.quantity("surveys_satisfied"), make.total("surveys", ""), Gap::no_value, Fraction(9, 10));
    make.kpi("response_rate", "首响率", "First response", Group::service, Unit::ratio, higher,
             make.quantity("tickets_answered", {10}), make.total("tickets", ""), Fraction(87, 100), Fraction(80, 100));
    make.kpi("gmv", "GMV", "GMV", Group::result, Unit::money, higher, gmv, none, 123456789, 130000000).headline = true;
    make.kpi("net_gmv", "净 GMV", "Net GMV", Group::result, Unit::money, higher,
             make.minus(gmv, make.quantity("refunds_booked")), none, 118000012, 121000000);
    make.kpi("return_rate", "退款率", "Refund rate", Group::result, Unit::ratio, lower, make.quantity("refunds_booked"),
             gmv, Fraction(545, 12345), Fraction(900, 13000))
        .headline = true;
    make.kpi("roi_90d", "90 天投产比", "ROI 90 days", Group::result, Unit::multiple, higher,
             make.total("orders", "amount", 90), make.total("touches", "cost", 90), Fraction(523, 100),
             Fraction(498, 100));
    make.kpi("koc_posts", "KOC 分发", "KOC posts", Group::result, Unit::count, higher, make.total("posts", ""), none, 0,
             12);
    make.kpi("referral_users", "老带新", "Referrals", Group::result, Unit::count, higher,
             make.size(make.set({.op = SetOp::arrived, .filters = {{"inviter_id", Filter::Test::present, ""}}})), none,
             37, 0);
    make.kpi("labour_leverage", "人效", "Labour leverage", Group::result, Unit::multiple, higher, gmv,
             make.quantity("guide_cost"), Fraction(871, 100), Fraction(912, 100))
        .audience = Audience::agency;
}

void add_standings(Scorecard& card) {
    figure_of(card, "gmv").standing = standing(600000000, 468000000, 234000000, 163800000, Fraction(7, 10), true,
                                               66000000, 70200000, Line::fail, Value(410000000));
    figure_of(card, "gmv").standing->normal = Fraction(187200000);
    figure_of(card, "gmv").standing->good = Fraction(234000000);
    figure_of(card, "gmv").standing->excess = Fraction(280800000);
    figure_of(card, "diverted_users").standing =
        standing(5000, 3900, 1950, 2010, Fraction(2010, 1950), false, 550, -60, Line::good, Value(4310));
    figure_of(card, "diverted_users").standing->normal = Fraction(1560);
    figure_of(card, "diverted_users").standing->good = Fraction(1950);
    figure_of(card, "diverted_users").standing->excess = Fraction(2340);
    figure_of(card, "diversion_rate").standing =
        standing(Fraction(1, 5), Fraction(1, 5), Fraction(1, 5), Fraction(263, 1000), Fraction(263, 200), false, 0,
                 Fraction(-63, 1000), Line::excess, {});
    figure_of(card, "diversion_rate").standing->normal = Fraction(1, 20);
    figure_of(card, "diversion_rate").standing->good = Fraction(1, 5);
    figure_of(card, "diversion_rate").standing->excess = Fraction(1, 4);
    Standing lines_only;
    lines_only.month = *parse_day("2026-11-01");
    lines_only.line = Line::normal;
    figure_of(card, "retention_rate").standing = lines_only;
}

}  // namespace

Figure& figure_of(Scorecard& card, std::string_view kpi) {
    return *std::find_if(card.figures.begin(), card.figures.end(),
                         [&](const Figure& figure) { return figure.kpi == kpi; });
}

Scorecard sample_scorecard() {
    Maker make;
    Scorecard& card = make.card;
    card.tenant = "aurora";
    card.tenant_name = "极光母婴";
    card.timezone = "Asia/Shanghai";
    card.plugin = "standard";
    card.plugin_version = "1.0.0";
    card.period = period_of(Rhythm::weekly, *parse_day("2026-11-15"));
    card.compared_with = previous(card.period);
    add_kpis(make);
    add_standings(card);
    card.breakdowns["touches"]["channel"] = {{"天猫", 3100}, {"京东", 1500}, {"抖音<b>店</b>", 878}, {"", 200}};
    card.breakdowns["cost"]["channel"] = {{"天猫", 620000}, {"京东", 414567}, {"抖音<b>店</b>", 200000}};
    card.breakdowns["diverted_users"]["channel"] = {{"天猫", 640}, {"京东", 390}, {"抖音<b>店</b>", 172}, {"", 32}};
    card.breakdowns["gmv"]["origin"] = {{"天猫", 73456789}, {"京东", 38000000}, {"", 12000000}};
    card.breakdowns["net_gmv"]["origin"] = {{"天猫", 70000012}, {"京东", 37000000}, {"", 11000000}};
    card.breakdowns["gmv"]["path"] = {{"guide", 80000000}, {"self", 23456789}, {"live", 20000000}};
    card.breakdowns["referral_users"]["channel"] = {{"天猫", 30}, {"京东", 7}};
    card.movement = {20000, 1234, 221, 21013};
    card.delivery_factor = Fraction(78, 100);
    card.commitments = {{"touches", "天猫", 12000, Value(6000), Value(4400), ""},
                        {"touches", "京东", 6000, Value(3000), Value(2620), ""},
                        {"content", "", 20, Gap::not_applicable, Gap::not_applicable, "yes"}};
    card.staffing.members = 21013;
    card.staffing.required_guides = 2;
    card.staffing.operators = 1;
    card.staffing.content_editors = 1;
    card.staffing.allocated = Fraction(3, 2);
    card.staffing.roles = {{"advisor", "育儿顾问", "Parenting advisor", Value(3)}};
    card.guides = {{"g01", "李梅", "brand", Fraction(1), 700, 80000000, 7, 6, Value(210000)},
                   {"g02", "王<i>芳</i>", "general", Fraction(1, 2), 534, 43456789, 7, 5, Value(98765)}};
    card.kocs = {{"k1", "小麦妈妈", 0, 12}, {"k2", "", 0, 3}};
    card.labour_cost = 308765;
    card.service_fee = 700000;
    card.missing_days = {*parse_day("2026-11-12")};
    card.quality = {{Quality::Weight::warning,
                     {"quality.missing_day", {{"fact", "surveys"}, {"date", "2026-11-12"}}},
                     Audience::brand},
                    {Quality::Weight::note, {"quality.refund_without_time", {{"count", "3"}}}, Audience::brand},
                    {Quality::Weight::note,
                     {"quality.guide_over_one", {{"guide", "g02"}, {"sum", "1.25"}, {"date", "2026-11-13"}}},
                     Audience::agency}};
    card.rejected = {{"17", "订单<11月>.csv", "orders", 4}};
    Section section;
    section.id = "care";
    section.title_zh = "育儿服务";
    section.title_en = "Parenting service";
    section.template_zh = "<p>首响率 {{response_rate}}（{{response_rate_change}}）。</p><ul><li>{{phase}}</li></ul>";
    section.template_en =
        "<p>First response {{response_rate}} ({{response_rate_change}}).</p><ul><li>{{phase}}</li></ul>";
    section.keys = {"phase"};
    card.blueprint.sections = {section};
    card.sections["care"].keys["phase"].text = "处于调整期 <50 群>";
    return card;
}

}  // namespace siyu
