// SPDX-License-Identifier: Apache-2.0
#include "core/engine/day_checks.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/grouped.hpp"
#include "core/engine/usual.hpp"

namespace siyu {

namespace {

// A fact that came on so many of the 28 days before is expected every day; single events only where so many are usual
// that a day without any is no chance.
constexpr int month_of_days = 28, expected_from = 23, events_expected = 5;
// A day with so many times the usual GMV is worth a look (facts.md, rule 5), as soon as a fortnight says what is usual.
constexpr int spike = 10, fortnight = 14;
// Of how many rows later in the day, every day, the want says that a file was exported too early.
constexpr std::int64_t later_rows = 16, later_rows_at_least = 5;
constexpr int later_days = 10;
// Nobody exports at the end of the day before it is over: what ends after this hour is whole.
constexpr std::int64_t evening = 21 * micros_per_hour;

// 3 + 3 + 3 a guide and day (field.md): one guide less is that many fewer.
constexpr int actions_of_a_guide = 9;

// What is watched of a fact: the number of its rows, or the sum of a column.
struct Course {
    Fact fact;
    std::string_view column;  // "": rows
    int bunch;                // events that come together, see Usual; 0: no events
    bool low = true;          // whether too little of it says something
};

constexpr Course courses[]{
    {Fact::touches, "touches", 0}, {Fact::touches, "cost", 0, false},
    {Fact::joins, "", 1},          {Fact::leaves, "", 1},
    {Fact::interactions, "", 1},   {Fact::guide_actions, "count", actions_of_a_guide},
    {Fact::tickets, "", 1},        {Fact::surveys, "", 1},
    {Fact::orders, "", 1},         {Fact::orders, "amount", 0, false},
    {Fact::refunds, "", 1},        {Fact::posts, "", 1},
    {Fact::guide_days, "", 1},     {Fact::guide_days, "messages", 0},
    {Fact::group_days, "", 1},     {Fact::brand_sales, "gmv", 0},
};

// Facts of which every day has rows whose sums are not all 0, once it is really there.
constexpr std::pair<Fact, std::array<std::string_view, 3>> never_all_zero[]{
    {Fact::touches, {"touches", "", ""}},    {Fact::guide_days, {"chats", "messages", "new_contacts"}},
    {Fact::group_days, {"members", "", ""}}, {Fact::orders, {"amount", "", ""}},
    {Fact::brand_sales, {"gmv", "", ""}},
};

bool is_money(const Course& course) {
    const FactKind& kind = kind_of(course.fact);
    return !course.column.empty() && kind.columns[kind.place(course.column)].type == Type::money;
}

// What of a course is counted: `quality.measure.` and `quality.unit.` NAME.
std::string name_of(const Course& course) { return course.column.empty() ? "rows" : std::string(course.column); }

// The festivals that make a day many times what is usual, and the days around them.
std::string likely_reason(Day day) {
    constexpr std::pair<std::string_view, const char*> festivals[]{{"-11-11", "quality.why.double_11"},
                                                                   {"-06-18", "quality.why.mid_june"}};
    for (Day near = day - 1; near <= day + 1; ++near)
        for (const auto& [date, id] : festivals)
            if (to_string(near).ends_with(date)) return sentence(id);
    return {};
}

// Rounded to a whole one: a median of two.
std::string shown(const Course& course, std::int64_t twice) {
    return grouped(is_money(course) ? Fraction(twice, 200).rounded(2) : Fraction(twice, 2).rounded(0));
}

// The values of a course day by day, from as long before the days as it takes to learn what is usual.
class Values {
  public:
    Values(Review& review, Fact fact, std::string_view column) : first_(review.days.first - before) {
        for (Day day = first_; day <= review.days.last; ++day)
            values_.push_back(review.ledger.total(fact, column, day, day).whole().value_or(INT64_MAX / 4));
    }
    // What is read of the ledger at once.
    static void read(Review& review, Fact fact) {
        review.ledger.read_totals(fact, review.days.first - before, review.days.last);
    }
    std::int64_t on(Day day) const { return values_[static_cast<std::size_t>(day - first_)]; }
    std::optional<Usual> usual(Day day) const {
        std::vector<std::int64_t> earlier(values_.begin(), values_.begin() + (day - first_));
        std::reverse(earlier.begin(), earlier.end());
        return Usual::learn(earlier);
    }
    int with_any(Day first, Day last) const {
        return static_cast<int>(std::count_if(values_.begin() + (first - first_), values_.begin() + (last - first_) + 1,
                                              [](std::int64_t value) { return value != 0; }));
    }

  private:
    // The two days before are judged too.
    static constexpr int before = Usual::days_looked_at + 2;
    static_assert(before >= fortnight + month_of_days);
    Day first_;
    std::vector<std::int64_t> values_;
};

bool wanted(const std::vector<Fact>& facts, Fact fact) {
    return facts.empty() || std::find(facts.begin(), facts.end(), fact) != facts.end();
}

bool is_expected(const Values& rows, Day day, int bunch) {
    // In the days up to the last one with any: a hole stays one when it grows.
    Day last = day - 1;
    while (last > day - fortnight && rows.on(last) == 0) last = last - 1;
    const int with = rows.with_any(last - (month_of_days - 1), last);
    const auto usual = rows.usual(day);
    // Nobody works on Sundays.
    if (usual && usual->same_with * 2 < usual->same) return false;
    const bool every_week = usual && usual->same_with == usual->same;
    if (with < expected_from && !every_week) return false;
    return bunch == 0 || with == month_of_days || !usual || usual->twice_median >= 2 * events_expected * bunch;
}

struct Unusual {
    Day day;
    std::int64_t value, twice_median;
};

// One note of a fact, however many its days: nobody reads ten of a kind.
void tell(Review& review, const Course& course, bool low, const std::vector<Unusual>& days) {
    if (days.empty()) return;
    const auto farthest = std::max_element(days.begin(), days.end(), [low](const Unusual& a, const Unusual& b) {
        const Fraction parts[]{Fraction(a.value, a.twice_median), Fraction(b.value, b.twice_median)};
        return low ? parts[1] < parts[0] : parts[0] < parts[1];
    });
    std::vector<Day> all;
    for (const Unusual& one : days) all.push_back(one.day);
    std::string id = low ? "quality.low" : "quality.high";
    if (days.size() > 1) id += "_days";
    review.add(low ? Quality::Weight::warning : Quality::Weight::note, std::move(id), course.fact, farthest->day,
               {{"date", to_string(farthest->day)},
                {"dates", days_text(all)},
                {"weekday", sentence("quality.weekday." + std::to_string(weekday(farthest->day)))},
                {"what", sentence("quality.measure." + name_of(course))},
                {"unit", sentence("quality.unit." + name_of(course))},
                {"why", likely_reason(farthest->day)},
                {"value", shown(course, 2 * farthest->value)},
                {"usual", shown(course, farthest->twice_median)}},
               Audience::agency);
}

void look_for_zeros(Review& review, Fact fact, const std::array<std::string_view, 3>& columns) {
    const auto is_zero = [&](Day day) {
        return std::all_of(columns.begin(), columns.end(), [&](std::string_view column) {
            return column.empty() || review.ledger.total(fact, column, day, day).is_zero();
        });
    };
    std::vector<Day> days;
    for (Day day = review.days.first; day <= review.days.last; ++day) {
        if (review.ledger.total(fact, "", day, day).is_zero() || !is_zero(day)) continue;
        int before = 0;
        for (Day other = day - month_of_days; other < day; ++other) before += is_zero(other) ? 0 : 1;
        if (before >= fortnight && review.judges(fact, day)) days.push_back(day);
    }
    if (!days.empty())
        review.add(Quality::Weight::warning, "quality.zero_day", fact, days.front(), {{"dates", days_text(days)}},
                   Audience::agency);
}

}  // namespace

void look_for_missing_days(Review& review, const std::function<bool(Fact fact, Day day)>& told) {
    constexpr std::pair<Fact, int> expected[]{{Fact::touches, 0},
                                              {Fact::joins, 1},
                                              {Fact::interactions, 1},
                                              {Fact::orders, 1},
                                              {Fact::guide_actions, actions_of_a_guide},
                                              {Fact::leaves, 1},
                                              {Fact::guide_days, 0},
                                              {Fact::group_days, 0},
                                              {Fact::brand_sales, 0}};
    struct Missing {
        Fact fact;
        Values rows;
        std::vector<Day> days;
    };
    std::vector<Missing> all;
    for (const auto& [fact, bunch] : expected) {
        Values::read(review, fact);
        const Values rows(review, fact, "");
        if (rows.with_any(review.days.first - month_of_days, review.days.last) > 0) review.look("missing");
        std::vector<Day> days;
        for (Day day = review.days.first; day <= review.days.last; ++day)
            if (rows.on(day) == 0 && !told(fact, day) && is_expected(rows, day, bunch)) days.push_back(day);
        if (!days.empty()) all.push_back({fact, rows, std::move(days)});
    }
    // What has nothing on the same days is one note, also where not every one of them was to be expected.
    std::vector<std::pair<std::vector<Day>, std::vector<Fact>>> together;
    for (const Missing& one : all) {
        const auto other = std::ranges::find_if(all, [&](const Missing& more) {
            return std::ranges::includes(more.days, one.days) &&
                   std::ranges::all_of(more.days, [&](Day day) { return one.rows.on(day) == 0; });
        });
        const auto same = std::ranges::find_if(together, [&](const auto& known) { return known.first == other->days; });
        if (same != together.end())
            same->second.push_back(one.fact);
        else
            together.push_back({other->days, {one.fact}});
    }
    for (const auto& [days, facts] : together) {
        review
            .add(Quality::Weight::warning, facts.size() > 1 ? "quality.missing_together" : "quality.missing_day",
                 facts.front(), days.front(), {{"facts", names_of(facts)}, {"date", days_text(days)}})
            .places = review.file_before(facts.front(), days.front());
    }
}

void look_for_spikes(Review& review) {
    const FactKind& orders = kind_of(Fact::orders);
    Values::read(review, Fact::orders);
    const Values rows(review, Fact::orders, "");
    for (Day day = review.days.first; day <= review.days.last; ++day) {
        const int days = rows.with_any(day - month_of_days, day - 1);
        if (days < fortnight) continue;
        review.look("usual");
        const Fraction value = review.ledger.total(Fact::orders, "amount", day, day);
        const Fraction usual =
            review.ledger.total(Fact::orders, "amount", day - month_of_days, day - 1) / Fraction(days);
        if (usual.sign() > 0 && value >= usual * Fraction(spike) && review.judges(Fact::orders, day))
            review.add(Quality::Weight::warning, "quality.spike", orders.fact, day,
                       {{"date", to_string(day)},
                        {"value", grouped((value / Fraction(100)).rounded(2))},
                        {"usual", grouped((usual / Fraction(100)).rounded(2))},
                        {"why", likely_reason(day)}});
    }
}

void look_for_unusual_days(Review& review, const std::vector<Fact>& facts, bool low_too) {
    for (const auto& [fact, columns] : never_all_zero) {
        if (!low_too || !wanted(facts, fact)) continue;
        Values::read(review, fact);
        look_for_zeros(review, fact, columns);
    }
    std::set<std::pair<Fact, Day>> noted;  // more orders are more money: one of the two is enough
    for (const Course& course : courses) {
        if (!wanted(facts, course.fact)) continue;
        Values::read(review, course.fact);
        const Values values(review, course.fact, course.column);
        std::vector<Unusual> low, high;
        for (Day day = review.days.first; day <= review.days.last; ++day) {
            const auto usual = values.usual(day);
            if (!usual) continue;
            review.look("usual");
            const std::int64_t value = values.on(day);
            // That nothing came is another note.
            if (value == 0 || review.said(course.fact, day) || noted.contains({course.fact, day})) continue;
            const bool above = usual->far_above(value, course.bunch);
            if (!above && !(low_too && course.low && usual->far_below(value, course.bunch))) continue;
            // The third such day in a row is how it is now.
            const auto was_so = [&](Day other) {
                const auto then = values.usual(other);
                return then && (above ? then->far_above(values.on(other), course.bunch)
                                      : then->far_below(values.on(other), course.bunch));
            };
            if ((!was_so(day - 1) || !was_so(day - 2)) && review.judges(course.fact, day))
                (above ? high : low).push_back({day, value, usual->twice_median});
        }
        for (const auto& days : {low, high})
            for (const Unusual& one : days) noted.emplace(course.fact, one.day);
        tell(review, course, true, low);
        tell(review, course, false, high);
    }
}

void look_for_partial_days(Review& review, const std::vector<Fact>& facts) {
    Ledger& ledger = review.ledger;
    for (const FactKind& kind : fact_kinds()) {
        if (kind.agency || kind.when < 0 || !wanted(facts, kind.fact)) continue;
        const auto when = static_cast<std::size_t>(kind.when);
        if (kind.columns[when].type != Type::instant) continue;
        Values::read(review, kind.fact);
        for (Day day = review.days.first; day <= review.days.last; ++day) {
            // Where few rows are usual nothing can be said; and the rows need not be looked at.
            const Fraction before = ledger.total(kind.fact, "", day - fortnight, day - 1);
            if (before < Fraction(later_rows * fortnight) || ledger.total(kind.fact, "", day, day).is_zero()) continue;
            review.look("partial");
            const auto time_of = [&](std::int64_t at, Day its) {
                return ledger.zone().to_local({at}) - std::int64_t{its.number} * 24 * micros_per_hour;
            };
            std::int64_t last = INT64_MIN;
            const Rows& rows = ledger.rows(kind.fact, day);
            for (std::size_t i = 0; i < rows.size(); ++i) last = std::max(last, rows[i][when]);
            const std::int64_t end = time_of(last, day);
            if (end >= evening) continue;
            std::vector<std::int64_t> later;
            for (Day other = day - fortnight; other < day; ++other) {
                const Rows& then = ledger.rows(kind.fact, other);
                if (then.empty()) continue;
                std::int64_t count = 0;
                for (std::size_t i = 0; i < then.size(); ++i) count += time_of(then[i][when], other) > end ? 1 : 0;
                later.push_back(count);
            }
            std::sort(later.begin(), later.end());
            if (static_cast<int>(later.size()) < later_days || later.front() < later_rows_at_least ||
                later[later.size() / 2] < later_rows || !review.judges(kind.fact, day))
                continue;
            review.add(Quality::Weight::warning, "quality.partial_day", kind.fact, day,
                       {{"date", to_string(day)},
                        {"time", ledger.zone().text({last}).substr(11, 5)},
                        {"later", grouped(std::to_string(later[later.size() / 2]))}},
                       Audience::agency);
        }
    }
}

void look_for_joins_without_touches(Review& review) {
    Ledger& ledger = review.ledger;
    if (!ledger.span(Fact::touches)) return;
    std::vector<Day> days;
    for (Day day = review.days.first; day <= review.days.last; ++day) {
        if (ledger.total(Fact::joins, "", day, day).is_zero()) continue;
        review.look("touches");
        if (ledger.total(Fact::touches, "", day, day).is_zero() && review.judges(Fact::joins, day)) days.push_back(day);
    }
    if (!days.empty())
        review.add(Quality::Weight::note, "quality.joins_without_touches", Fact::joins, days.front(),
                   {{"date", days_text(days)}});
}

}  // namespace siyu
