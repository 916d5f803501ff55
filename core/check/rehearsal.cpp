// SPDX-License-Identifier: Apache-2.0
#include "core/check/rehearsal.hpp"

#include "core/base/error.hpp"
#include "core/check/generated_facts.hpp"
#include "core/facts/roster.hpp"

namespace siyu {

namespace {

std::string of(const Fraction& fraction) { return fraction.exact_text(); }
std::string of(const std::optional<Fraction>& fraction) { return fraction ? of(*fraction) : "-"; }
std::string of(const Value& value) {
    return value ? of(*value) : "gap " + std::to_string(static_cast<int>(value.gap()));
}
template <class Number>
std::string number(Number value) {
    return std::to_string(static_cast<std::int64_t>(value));
}

// Words that are joined by blanks.
class Line {
  public:
    explicit Line(std::string first) : text_(std::move(first)) {}
    Line& operator<<(const std::string& word) {
        text_ += ' ';
        text_ += word;
        return *this;
    }
    Line& operator<<(const std::vector<Filter>& filters) {
        for (const Filter& filter : filters)
            *this << "[" + filter.column + " " + number(filter.test) + " " + filter.value + "]";
        return *this;
    }
    operator std::string() const { return text_; }  // NOLINT: a line is a text

  private:
    std::string text_;
};

std::string of(const SetNode& node) {
    Line line("set");
    line << number(node.op) << number(node.at_end) << number(node.trailing_days) << number(node.at_least)
         << number(node.left) << number(node.right) << node.name << number(node.below) << number(node.within_days)
         << number(node.days_ago) << node.filters;
    return line;
}

std::string of(const MeasureNode& node) {
    Line line("measure");
    line << number(node.op) << of(node.constant) << node.name << node.column << number(node.trailing_days)
         << number(node.set) << number(node.left) << number(node.right);
    for (const std::int64_t argument : node.arguments) line << number(argument);
    line << node.filters;
    return line;
}

std::string of(const Kpi& kpi) {
    Line line("KPI " + kpi.id);
    line << kpi.title_zh << kpi.title_en << number(kpi.group) << number(kpi.unit) << number(kpi.better)
         << number(kpi.audience) << number(kpi.above) << number(kpi.below) << number(kpi.adding)
         << number(kpi.scales_with_traffic) << number(kpi.projected) << number(kpi.headline)
         << number(kpi.compute != nullptr) << kpi.declared_by;
    return line;
}

std::string of(const Section& section) {
    Line line("section " + section.id);
    line << section.title_zh << section.title_en << section.template_zh << section.template_en << number(section.daily)
         << number(section.weekly) << number(section.monthly) << number(section.audience)
         << number(section.fill != nullptr);
    for (const std::string& key : section.keys) line << key;
    return line;
}

std::string of(const SectionContent::Row& row) {
    std::string text;
    for (const auto& [key, shown] : row)
        text += " " + key + "=" +
                (shown.figure ? of(shown.figure->first) + " " + number(shown.figure->second) : shown.text);
    return text;
}

// A fault by its sentence; what is in it may tell one instance from another.
std::string of(const Note& note) {
    std::string text = note.id;
    for (const auto& [name, value] : note.with) text += " " + name + "=" + value;
    for (const Note& part : note.parts) text += " / " + of(part);
    return text;
}

// Figures out of thin air.
class MadeUp final : public Evaluation {
  public:
    const Period& period() const override { return period_; }
    Value measure(MeasureId id) override { return figure(id, period_.days()); }
    Value measure(MeasureId id, Day first, Day last) override { return figure(id, last - first + 1); }
    Parts split(MeasureId id, const std::string&, Day first, Day last) override {
        Parts parts{{"", figure(id, last - first + 1)}};
        for (const char* value : {"a", "b", "c"}) parts.emplace_back(value, figure(id + value[0], last - first + 1));
        return parts;
    }
    Table roster(const std::string& name, const std::vector<std::string>& columns, Day) override {
        const auto fact = parse_fact(name);
        Table rows(fact ? 3 : 0);
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (const std::string& column : columns) rows[i].push_back(cell(kind_of(*fact), column, i));
        return rows;
    }

  private:
    static Fraction figure(int seed, int days) { return {std::int64_t{days} * (37 + seed % 101), 1}; }
    static std::string cell(const FactKind& kind, const std::string& name, std::size_t row) {
        const int place = kind.column(name);
        if (place < 0) return {};
        const Column& column = kind.columns[static_cast<std::size_t>(place)];
        switch (column.type) {
            case Type::date: return to_string(first_generated_day() + static_cast<int>(row));
            case Type::money:
            case Type::count:
            case Type::number: return std::to_string(100 * (row + 1));
            case Type::word: return std::string(column.words[row % column.words.size()]);
            default: return std::string(1, static_cast<char>('a' + row));
        }
    }
    Period period_ = generated_period(Rhythm::weekly);
};

template <class Run>
std::string outcome_of(const std::string& what, Run run) {
    try {
        return what + ": " + run();
    } catch (const Error& error) {
        return what + ": " + of(error.note());
    }
}

}  // namespace

std::vector<std::string> lines_of(const Blueprint& blueprint) {
    std::vector<std::string> lines{blueprint.plugin + " " + blueprint.version};
    for (const SetNode& node : blueprint.sets) lines.push_back(of(node));
    for (const MeasureNode& node : blueprint.measures) lines.push_back(of(node));
    for (const Kpi& kpi : blueprint.kpis) lines.push_back(of(kpi));
    for (const auto& [kpi, own] : blueprint.lines)
        lines.push_back(Line("lines " + kpi) << of(own.normal) << of(own.good) << of(own.excess));
    const Staffing& staffing = blueprint.staffing;
    lines.push_back(Line("staffing") << of(staffing.members_per_guide) << of(staffing.guides_per_operator));
    for (const Staffing::Role& role : staffing.roles)
        lines.push_back(Line("role " + role.id) << role.title_zh << role.title_en << number(role.driver)
                                                << of(role.per_person) << number(role.at_least));
    for (const Section& section : blueprint.sections) lines.push_back(of(section));
    return lines;
}

std::vector<std::string> rehearse(const Blueprint& blueprint) {
    std::vector<std::string> lines;
    MadeUp evaluation;
    for (const Kpi& kpi : blueprint.kpis)
        if (kpi.compute) lines.push_back(outcome_of(kpi.id, [&] { return of(kpi.compute(evaluation)); }));
    for (const Section& section : blueprint.sections)
        if (section.fill)
            lines.push_back(outcome_of(section.id, [&] {
                const SectionContent content = section.fill(evaluation);
                std::string text = of(content.keys);
                for (const auto& [list, rows] : content.lists)
                    for (const SectionContent::Row& row : rows) text += " " + list + of(row);
                return text;
            }));
    return lines;
}

std::string first_difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const auto at = [](const std::vector<std::string>& lines, std::size_t i) {
        return i < lines.size() ? lines[i] : std::string("–");
    };
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i)
        if (at(a, i) != at(b, i)) return at(a, i) + " | " + at(b, i);
    return {};
}

}  // namespace siyu
