// SPDX-License-Identifier: Apache-2.0
#include "core/engine/forecast.hpp"

#include <algorithm>

namespace siyu {

namespace {

constexpr int days_for_projection = 28;

std::optional<Fraction> scaled(const std::optional<Fraction>& line, const Fraction& by) {
    return line ? std::optional(*line * by) : std::nullopt;
}

}  // namespace

std::optional<Line> line_of(const Fraction& value, Better better, const std::optional<Fraction>& normal,
                            const std::optional<Fraction>& good, const std::optional<Fraction>& excess) {
    if (!normal && !good && !excess) return std::nullopt;
    const auto reached = [&](const std::optional<Fraction>& line) {
        return line && (better == Better::lower ? value <= *line : value >= *line);
    };
    if (reached(excess)) return Line::excess;
    if (reached(good)) return Line::good;
    if (reached(normal)) return Line::normal;
    return Line::fail;
}

ForecastTable::ForecastTable(Evaluator& evaluator, const Blueprint& blueprint, const Agreement& agreement, Day last)
    : evaluator_(evaluator),
      blueprint_(blueprint),
      agreement_(agreement),
      month_(first_of_month(last)),
      last_(last),
      part_(last - first_of_month(last) + 1, days_in_month(last)) {
    read_commitments();
    read_rows(blueprint);
}

void ForecastTable::read_commitments() {
    Ledger& ledger = evaluator_.ledger();
    const FactKind& kind = kind_of(Fact::commitments);
    const auto text = [&](std::int64_t word) { return ledger.words().text(Space::word, word); };
    const Fraction touched = ledger.total(Fact::touches, "touches", month_, last_);
    Fraction promised;
    const Rows rows =
        ledger.rows(Fact::commitments);  // a copy: totals with a filter read rows too, and may let go of these
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = rows[i];
        if (row[kind.place("month")] != month_.number) continue;
        Commitment found;
        found.resource = text(row[kind.place("resource")]);
        found.channel = text(row[kind.place("channel")]);
        found.promised = *Fraction::parse_exact(text(row[kind.place("promised")]));
        if (found.resource == "touches") {
            promised += found.promised;
            found.due = found.promised * part_;
            found.delivered = found.channel.empty() ? touched
                                                    : ledger.total(Fact::touches, "touches", month_, last_,
                                                                   {{"channel", Filter::Test::equals, found.channel}});
        } else {
            found.delivered_text = text(row[kind.place("delivered")]);
            if (const auto number = Fraction::parse(found.delivered_text)) found.delivered = *number;
        }
        commitments_.push_back(std::move(found));
    }
    std::sort(commitments_.begin(), commitments_.end(), [](const Commitment& a, const Commitment& b) {
        return std::pair(a.resource != "touches", std::pair(a.resource, a.channel)) <
               std::pair(b.resource != "touches", std::pair(b.resource, b.channel));
    });
    const Fraction one(1);
    delivery_factor_ = promised.sign() <= 0 ? one : std::min(one, touched / (promised * part_));
}

void ForecastTable::read_rows(const Blueprint& blueprint) {
    Ledger& ledger = evaluator_.ledger();
    const FactKind& kind = kind_of(Fact::forecast);
    const Rows& rows = ledger.rows(Fact::forecast);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = rows[i];
        if (row[kind.place("month")] != month_.number) continue;
        const std::string id = ledger.words().text(Space::word, row[kind.place("kpi")]);
        const Kpi* kpi = blueprint.kpi(id);
        if (!kpi) continue;  // declared by a plugin that the brand had before
        // The table is in yuan; money is in fen.
        const Fraction unit(kpi->unit == Unit::money ? 100 : 1);
        const auto number = [&](std::string_view column) -> std::optional<Fraction> {
            const std::int64_t cell = row[kind.place(column)];
            if (cell == absent) return std::nullopt;
            const auto value = Fraction::parse_exact(ledger.words().text(Space::word, cell));
            return value ? std::optional(*value * unit) : std::nullopt;
        };
        if (const auto forecast = number("forecast"))
            rows_[id] = {*forecast, number("normal"), number("good"), number("excess")};
    }
}

std::optional<Standing> ForecastTable::standing(const Kpi& kpi) {
    const auto found = rows_.find(kpi.id);
    const Lines* plugin_lines = blueprint_.lines_of(kpi.id);
    if (found == rows_.end() && !plugin_lines) return std::nullopt;

    Standing standing;
    standing.month = month_;
    standing.in_table = found != rows_.end();
    standing.actual = evaluator_.kpi(kpi, {month_, last_});
    const bool lower = kpi.better == Better::lower;
    const Fraction traffic = kpi.scales_with_traffic ? *delivery_factor_ : Fraction(1);
    const Fraction time = kpi.adding ? part_ : Fraction(1);

    bool due = kpi.scales_with_traffic ? !delivery_factor_->is_zero() : true;
    if (standing.in_table) {
        const Fraction& forecast = found->second.forecast;
        standing.forecast = forecast;
        standing.adjusted = forecast * traffic;
        standing.due = forecast * traffic * time;
        due = due && !standing.due->is_zero();
        if (standing.actual) {
            if (due)
                standing.attainment =
                    lower ? ratio(standing.due, standing.actual) : ratio(standing.actual, standing.due);
            if (standing.attainment) standing.floor_breached = *standing.attainment < agreement_.floor(last_);
            const Fraction own = *standing.due - *standing.actual;
            standing.agency_gap = lower ? -own : own;
        } else {
            standing.attainment = standing.agency_gap = standing.actual.gap();
        }
        // The client's part is traffic that was promised and did not come; the rest is the agency's.
        const Fraction client = forecast * time - *standing.due;
        standing.client_gap = lower ? -client : client;
        standing.projection = projection(kpi, standing.actual);
        standing.normal = found->second.normal;
        standing.good = found->second.good;
        standing.excess = found->second.excess;
    }
    if (!standing.normal && !standing.good && !standing.excess && plugin_lines) {
        standing.normal = plugin_lines->normal;
        standing.good = plugin_lines->good;
        standing.excess = plugin_lines->excess;
    }
    standing.normal = scaled(standing.normal, traffic * time);
    standing.good = scaled(standing.good, traffic * time);
    standing.excess = scaled(standing.excess, traffic * time);
    if (due && standing.actual)
        standing.line = line_of(*standing.actual, kpi.better, standing.normal, standing.good, standing.excess);
    return standing;
}

Value ForecastTable::projection(const Kpi& kpi, const Value& to_date) {
    if (!kpi.projected) return Gap::not_applicable;
    if (!to_date) return to_date;
    const Day end = last_of_month(last_);
    if (last_ == end) return to_date;
    const auto first_event = evaluator_.ledger().first_event();
    if (!first_event || *first_event > last_) return Gap::no_value;

    Fraction sums[7], all;
    std::int64_t days[7] = {}, all_days = 0;
    for (Day day = std::max(last_ - (days_for_projection - 1), *first_event); day <= last_; ++day) {
        Value value = evaluator_.kpi(kpi, {day, day});
        if (!value) return value;
        sums[weekday(day)] += *value;
        all += *value;
        ++days[weekday(day)];
        ++all_days;
    }
    Fraction projected = *to_date;
    for (Day day = last_ + 1; day <= end; ++day) {
        const int w = weekday(day);
        projected += days[w] > 0 ? sums[w] / Fraction(days[w]) : all / Fraction(all_days);
    }
    return projected;
}

}  // namespace siyu
