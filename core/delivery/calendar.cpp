// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/calendar.hpp"

#include <toml++/toml.h>

#include <optional>
#include <set>

#include "core/base/embedded.hpp"
#include "core/base/error.hpp"

namespace siyu {

// Reads one file of years and knows where it is, for complaints.
class CalendarText {
  public:
    CalendarText(std::string_view text, const std::string& name) : name_(name) {
        try {
            table_ = toml::parse(text);
        } catch (const toml::parse_error& error) {
            complain(error.source().begin.line, "calendar.no_toml", std::string(error.description()));
        }
    }

    std::map<int, WorkCalendar::Year> years() const {
        known(table_, {"year"});
        const auto* list = table_.get_as<toml::array>("year");
        if (!list) complain(table_, "calendar.no_years", "");
        std::map<int, WorkCalendar::Year> all;
        for (const auto& node : *list) {
            if (!node.is_table()) complain(node, "calendar.no_years", "");
            const auto& table = *node.as_table();
            known(table, {"year", "source", "off", "work"});
            const auto* number = table.get("year");
            const auto year = number ? number->value<std::int64_t>().value_or(0) : 0;
            const auto first = year >= 1970 && year <= 2199 ? day_of(static_cast<int>(year), 1, 1) : std::nullopt;
            if (!first) complain(number ? *number : table, "calendar.bad_year", "");
            if (!table["source"].is_string()) complain(table, "calendar.no_source", std::to_string(year));
            WorkCalendar::Year made;
            read(table, "off", *first, made);
            read(table, "work", *first, made);
            if (!all.emplace(static_cast<int>(year), std::move(made)).second)
                complain(*number, "calendar.year_twice", std::to_string(year));
        }
        return all;
    }

  private:
    [[noreturn]] void complain(std::uint32_t line, std::string id, std::string what) const {
        throw Error(Error::refused, std::move(id), {{"file", name_}, {"line", std::to_string(line)}, {"what", what}});
    }
    [[noreturn]] void complain(const toml::node& node, std::string id, std::string what) const {
        complain(node.source().begin.line, std::move(id), std::move(what));
    }
    void known(const toml::table& table, const std::set<std::string_view>& keys) const {
        for (const auto& [key, node] : table)
            if (!keys.contains(key.str())) complain(node, "calendar.unknown_key", std::string(key.str()));
    }

    // `2026-02-15`, or `2026-02-15..2026-02-23`.
    static std::optional<DaySpan> span(std::string_view text) {
        const auto dots = text.find("..");
        const auto first = parse_day(text.substr(0, dots));
        const auto last = dots == std::string_view::npos ? first : parse_day(text.substr(dots + 2));
        if (!first || !last || *last < *first) return std::nullopt;
        return DaySpan{*first, *last};
    }

    void read(const toml::table& table, std::string_view key, Day new_year, WorkCalendar::Year& into) const {
        const bool work = key == "work";
        const auto* node = table.get(key);
        if (!node && work) return;  // a year without 调休
        if (!node || !node->is_array()) complain(node ? *node : table, "calendar.no_list", std::string(key));
        for (const auto& one : *node->as_array()) {
            const std::string text = one.is_string() ? **one.as_string() : std::string();
            const auto days = span(text);
            if (!days) complain(one, "calendar.bad_days", text);
            for (Day day = days->first; day <= days->last; ++day) {
                if (day < new_year - 31 || civil(day).year > civil(new_year).year)
                    complain(one, "calendar.other_year", to_string(day));
                if (work && weekday(day) < 5) complain(one, "calendar.no_weekend", to_string(day));
                if (!into.emplace(day, work).second) complain(one, "calendar.day_twice", to_string(day));
            }
        }
    }

    std::string name_;
    toml::table table_;
};

const WorkCalendar& WorkCalendar::china() {
    static const WorkCalendar made = [] {
        constexpr std::string_view file = "core/delivery/calendar/cn.toml";
        WorkCalendar calendar;
        calendar.add(embedded_file(file), std::string(file));
        return calendar;
    }();
    return made;
}

bool WorkCalendar::is_workday(Day day) const {
    const int year = civil(day).year;
    for (const int announced : {year, year + 1}) {
        const auto known = years_.find(announced);
        if (known == years_.end()) continue;
        if (const auto found = known->second.find(day); found != known->second.end()) return found->second;
    }
    return weekday(day) < 5;
}

Day WorkCalendar::next_workday(Day day) const {
    while (!is_workday(day)) ++day;
    return day;
}

void WorkCalendar::add(std::string_view toml, const std::string& name) {
    for (auto& [year, days] : CalendarText(toml, name).years()) years_[year] = std::move(days);
}

}  // namespace siyu
