// SPDX-License-Identifier: Apache-2.0
#include "reports/wording.hpp"

#include "core/base/grouped.hpp"

namespace siyu {

namespace {

const Fraction hundred{100};
const Fraction wan{10'000};
const Fraction yi{100'000'000};

// Counts are whole, but what is due of them by today need not be.
int places_of(const Fraction& count) { return count.whole() ? 0 : 1; }

Fraction magnitude(const Fraction& number) { return number.sign() < 0 ? -number : number; }

}  // namespace

std::string Wording::number(const Fraction& number, int places) const {
    std::string text = grouped(number.rounded(places));
    return text.starts_with('-') ? "−" + text.substr(1) : text;
}

std::string Wording::with(const char* id, std::string number) const {
    const bool negative = number.starts_with("−");
    if (negative) number.erase(0, std::string_view("−").size());
    return (negative ? "−" : "") + catalogue_(id, {{"number", number}});
}

std::string Wording::percent(const Fraction& ratio, int places) const { return number(ratio * hundred, places) + "%"; }

std::string Wording::money(const Fraction& fen, bool brief) const {
    const Fraction yuan = fen / hundred;
    if (!brief) return with("report.unit.money", number(yuan, 2));
    const bool chinese = catalogue_.language() == Language::zh;
    const Fraction size = magnitude(yuan);
    if (chinese && size >= yi) return with("report.unit.money_yi", number(yuan / yi, 2));
    // From 1,000 万 on the decimal would not fit on a tile of a phone.
    if (chinese && size >= wan) return with("report.unit.money_wan", number(yuan / wan, size >= wan * 1000 ? 0 : 1));
    return with("report.unit.money", number(yuan, 0));
}

std::string Wording::figure(const Value& value, Unit unit) const {
    if (!value) return gap(value.gap());
    switch (unit) {
        case Unit::count: return number(*value, places_of(*value));
        case Unit::ratio: return percent(*value, 2);
        case Unit::money: return money(*value, false);
        case Unit::multiple: return with("report.unit.multiple", number(*value, 2));
    }
    return {};
}

std::string Wording::brief(const Value& value, Unit unit) const {
    if (!value) return gap(value.gap());
    if (unit == Unit::ratio) return percent(*value, 1);
    return unit == Unit::money ? money(*value, true) : figure(value, unit);
}

std::string Wording::gap(const Value& value, Unit unit) const {
    if (value && unit == Unit::ratio) return with("report.unit.points", number(*value * hundred, 2));
    return figure(value, unit);
}

std::string Wording::brief_gap(const Value& value, Unit unit) const {
    return unit == Unit::ratio ? gap(value, unit) : brief(value, unit);
}

std::string Wording::gap(Gap gap) const {
    switch (gap) {
        case Gap::no_value: return catalogue_("report.gap.no_value");
        case Gap::not_ready: return catalogue_("report.gap.not_ready");
        case Gap::not_applicable: return catalogue_("report.gap.not_applicable");
    }
    return {};
}

std::string Wording::change(const Change& change) const {
    const std::string arrow = change.direction() > 0 ? "▲ " : change.direction() < 0 ? "▼ " : "";
    switch (change.kind) {
        case Change::Kind::nothing: return catalogue_("report.gap.no_value");
        case Change::Kind::fresh: return arrow + catalogue_("report.change.fresh");
        case Change::Kind::moved: break;
    }
    if (change.direction() == 0) return catalogue_("report.change.flat");
    const int places = change.points ? 2 : 1;
    const std::string amount = number(change.amount * hundred, places);
    const std::string sign = change.direction() > 0 ? "+" : amount.starts_with("−") ? "" : "−";
    return arrow +
           catalogue_(change.points ? "report.change.points" : "report.change.percent", {{"number", sign + amount}});
}

std::string Wording::judged(const Change& change, Better better) const {
    const int verdict = change.verdict(better);
    if (verdict == 0) return this->change(change);
    return this->change(change) + " " + catalogue_(verdict > 0 ? "report.change.better" : "report.change.worse");
}

std::string Wording::day(Day day) const {
    const Civil date = civil(day);
    return catalogue_("report.date.short", {{"month", catalogue_("report.month." + std::to_string(date.month))},
                                            {"day", std::to_string(date.day)}});
}

std::string Wording::full_day(Day day, bool year) const {
    const Civil date = civil(day);
    return catalogue_(year ? "report.date.full" : "report.date.without_year",
                      {{"year", std::to_string(date.year)},
                       {"month", catalogue_("report.month." + std::to_string(date.month))},
                       {"day", std::to_string(date.day)},
                       {"weekday", catalogue_("report.weekday." + std::to_string(weekday(day)))}});
}

std::string Wording::month(Day day) const {
    const Civil date = civil(day);
    return catalogue_("report.date.month", {{"year", std::to_string(date.year)},
                                            {"month", catalogue_("report.month." + std::to_string(date.month))}});
}

std::string Wording::period(const Period& period) const {
    if (period.first == period.last) return full_day(period.last, true);
    if (period.rhythm == Rhythm::monthly)
        return catalogue_("report.date.whole_month",
                          {{"month", month(period.first)}, {"first", day(period.first)}, {"last", day(period.last)}});
    const bool same_year = civil(period.first).year == civil(period.last).year;
    // Chinese says the year with the first day, English with the last.
    const bool chinese = catalogue_.language() == Language::zh;
    return catalogue_("report.date.range", {{"first", full_day(period.first, chinese || !same_year)},
                                            {"last", full_day(period.last, !chinese || !same_year)}});
}

std::string Wording::brief(const Period& period) const {
    if (period.first == period.last) return day(period.last);
    if (period.rhythm == Rhythm::monthly) return month(period.first);
    const Civil first = civil(period.first), last = civil(period.last);
    if (first.month != last.month)
        return catalogue_("report.date.brief_range", {{"first", day(period.first)}, {"last", day(period.last)}});
    return catalogue_("report.date.brief_days", {{"month", catalogue_("report.month." + std::to_string(first.month))},
                                                 {"first", std::to_string(first.day)},
                                                 {"last", std::to_string(last.day)}});
}

std::string Wording::list(const std::vector<std::string>& names) const {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : catalogue_("report.comma")) + name;
    return text;
}

}  // namespace siyu
