// SPDX-License-Identifier: Apache-2.0
#include "core/engine/part_checks.hpp"

#include <algorithm>
#include <map>

namespace siyu {

namespace {

// As of whole facts: what came on so many of 28 days is expected. After a fortnight without it that is how it is now.
constexpr int month_of_days = 28, expected_from = 23, fortnight = 14, week = 7;
// Single events only where so many would have come since: that none did is no chance (1 in 3,000).
constexpr std::int64_t events_expected = 8;
constexpr std::size_t names_told = 8;

// What a fact is made of: the files that bring it are by shop or by guide.
struct Parts {
    Fact fact;
    std::string_view column;
    const char* id;
    bool events;
};
constexpr Parts parts_of_facts[]{{Fact::orders, "channel", "quality.missing_channel", true},
                                 {Fact::touches, "channel", "quality.missing_channel", false},
                                 {Fact::brand_sales, "channel", "quality.missing_channel", false},
                                 {Fact::guide_days, "guide_id", "quality.missing_guide", false}};

// The rows of each part, day by day, read as they are asked for.
class Counts {
  public:
    Counts(Ledger& ledger, const Parts& parts)
        : ledger_(ledger), fact_(parts.fact), column_(kind_of(parts.fact).place(parts.column)) {}

    const std::map<std::int64_t, std::int64_t>& on(Day day) {
        const auto [known, first_time] = counts_.try_emplace(day);
        if (first_time) {
            const Rows& rows = ledger_.rows(fact_, day);
            for (std::size_t i = 0; i < rows.size(); ++i) ++known->second[rows[i][column_]];
        }
        return known->second;
    }
    std::int64_t on(Day day, std::int64_t part) {
        const auto& counts = on(day);
        const auto found = counts.find(part);
        return found == counts.end() ? 0 : found->second;
    }

  private:
    Ledger& ledger_;
    Fact fact_;
    std::size_t column_;
    std::map<Day, std::map<std::int64_t, std::int64_t>> counts_;
};

bool is_expected(Counts& counts, std::int64_t part, Day last, Day day, bool events) {
    int with = 0, same = 0, same_with = 0;
    std::int64_t rows = 0;
    for (Day other = last - (month_of_days - 1); other <= last; ++other) {
        const std::int64_t count = counts.on(other, part);
        rows += count;
        with += count > 0 ? 1 : 0;
        if ((day - other) % week != 0) continue;
        ++same;
        same_with += count > 0 ? 1 : 0;
    }
    // Some shops are closed on Sundays.
    if (with < expected_from || same_with * 2 < same) return false;
    return !events || rows * (day - last) >= events_expected * month_of_days;
}

void look_for_missing_parts(Review& review, Workforce& workforce, const Parts& parts) {
    Counts counts(review.ledger, parts);
    Words& words = review.ledger.words();
    const std::int64_t unknown = words.find(Space::word, "");
    std::map<std::int64_t, Day> seen;  // the last day with the part
    for (Day day = review.days.first - fortnight; day < review.days.first; ++day)
        for (const auto& [part, count] : counts.on(day)) seen[part] = day;
    std::map<std::int64_t, std::vector<Day>> missing;
    for (Day day = review.days.first; day <= review.days.last; ++day) {
        const auto& here = counts.on(day);
        // That nothing came at all is another note.
        if (here.empty()) continue;
        if (!seen.empty()) review.look("missing");
        for (const auto& [part, last] : seen) {
            if (part == unknown || here.contains(part)) continue;
            if (parts.fact == Fact::guide_days && !workforce.places(day, words).contains(part)) continue;
            if (is_expected(counts, part, last, day, parts.events)) missing[part].push_back(day);
        }
        for (const auto& [part, count] : here) seen[part] = day;
    }
    std::map<std::vector<Day>, std::map<std::string, std::int64_t>> together;  // in the order of their names
    for (const auto& [part, days] : missing) together[days].emplace(words.text(Space::word, part), part);
    const bool guides = parts.fact == Fact::guide_days;
    for (const auto& [days, names] : together) {
        std::string text;
        std::size_t told = 0;
        for (const auto& [name, part] : names)
            if (told++ < names_told) text += (text.empty() ? "" : "\n") + name;
        if (names.size() > names_told) text += "\n…";
        Quality& quality =
            review.add(guides ? Quality::Weight::note : Quality::Weight::warning, parts.id, parts.fact, days.front(),
                       {{"names", text}, {"date", days_text(days)}}, guides ? Audience::agency : Audience::brand);
        // The last file that had it.
        quality.places.clear();
        const std::int64_t part = names.begin()->second;
        Day last = days.front() - 1;
        while (last > days.front() - fortnight && counts.on(last, part) == 0) last = last - 1;
        const std::size_t column = kind_of(parts.fact).place(parts.column);
        const auto batches = review.brought_by(parts.fact, last, [&](auto row) { return row[column] == part; });
        if (batches.empty()) continue;
        quality.places.push_back(review.place_of(*batches.back()));
        quality.places.back().before = true;
    }
}

}  // namespace

void look_for_missing_parts(Review& review, Workforce& workforce) {
    for (const Parts& parts : parts_of_facts) look_for_missing_parts(review, workforce, parts);
}

}  // namespace siyu
