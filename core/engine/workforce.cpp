// SPDX-License-Identifier: Apache-2.0
#include "core/engine/workforce.hpp"

#include <algorithm>
#include <iterator>

namespace siyu {

namespace {

// The rows of one guide after the other; both go through their lists once.
template <class Row>
class ByGuide {
  public:
    explicit ByGuide(const std::vector<Row>& rows) : at_(rows.begin()), end_(rows.end()) {}
    // Calls `take` with the rows of a guide that cover the day; guides are asked for in their order.
    template <class Take>
    void each(const std::string& guide, Day day, Take take) {
        while (at_ != end_ && at_->guide < guide) ++at_;
        for (; at_ != end_ && at_->guide == guide; ++at_)
            if (at_->covers(day)) take(*at_);
    }

  private:
    typename std::vector<Row>::const_iterator at_, end_;
};

}  // namespace

Workforce::Workforce(const Staff& staff) : staff_(staff), changes_{earliest_day} {
    const auto note = [this](const auto& rows) {
        for (const auto& row : rows) {
            changes_.insert(row.from);
            if (row.to < latest_day) changes_.insert(row.to + 1);
        }
    };
    note(staff.allocations);
    note(staff.elsewhere);
    note(staff.roster);
}

const Workforce::Run& Workforce::run(Day day) {
    const auto next = changes_.upper_bound(day);
    const Day first = *std::prev(next);
    const auto [known, fresh] = runs_.try_emplace(first);
    Run& run = known->second;
    if (!fresh) return run;
    run.first = first;
    run.last = next == changes_.end() ? latest_day : *next - 1;
    ByGuide<Allocation> elsewhere(staff_.elsewhere);
    ByGuide<RosterRow> roster(staff_.roster);
    // Most guides have one of a few shares.
    std::map<Fraction, std::pair<std::int64_t, Wide>> by_share;  // guides, what they cost in full
    bool all_known = true;
    for (auto at = staff_.allocations.begin(); at != staff_.allocations.end();) {
        const std::string& id = at->guide;
        Guide guide{&id, {}, {}, nullptr};
        bool works = false;
        for (; at != staff_.allocations.end() && at->guide == id; ++at) {
            if (!at->covers(day)) continue;
            guide.share += at->share;
            works = true;
        }
        if (!works) continue;
        guide.total_share = guide.share;
        elsewhere.each(id, day, [&guide](const Allocation& other) { guide.total_share += other.share; });
        // Of several rows that cover the day the one with the latest `from`.
        roster.each(id, day, [&guide](const RosterRow& row) {
            if (!guide.row || row.from > guide.row->from) guide.row = &row;
        });
        auto& [guides, monthly] = by_share[guide.share];
        ++guides;
        if (guide.row) monthly += guide.row->monthly_cost;
        all_known = all_known && guide.row;
        run.guides.push_back(std::move(guide));
    }
    Fraction cost;
    for (const auto& [share, of_share] : by_share) {
        run.full_time += share * Fraction(of_share.first);
        cost += share * exact(of_share.second);
    }
    run.monthly_cost = all_known ? Value(cost) : Gap::no_value;
    return run;
}

std::vector<const Workforce::Run*> Workforce::runs(Day first, Day last) {
    std::vector<const Run*> found;
    for (Day day = first; day <= last; day = found.back()->last + 1) found.push_back(&run(day));
    return found;
}

Value Workforce::cost(Day day) {
    const Value& monthly = run(day).monthly_cost;
    return monthly ? Value(*monthly / Fraction(days_in_month(day))) : monthly;
}

const std::unordered_map<std::int64_t, std::size_t>& Workforce::places(Day day, Words& words) {
    const Run& of_day = run(day);
    const auto [known, fresh] = places_.try_emplace(of_day.first);
    if (fresh)
        for (std::size_t i = 0; i < of_day.guides.size(); ++i)
            known->second.emplace(words.find(Space::word, *of_day.guides[i].id), i);
    return known->second;
}

}  // namespace siyu
