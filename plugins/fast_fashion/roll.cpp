// SPDX-License-Identifier: Apache-2.0
#include "roll.hpp"

#include <set>

using namespace siyu;

ByValue split(const Evaluation& e, Asked measure, const char* column) {
    ByValue found;
    for (const Part& part : e.split(measure, column))
        if (part.figure) found[part.value] = *part.figure;
    return found;
}

Fraction at(const ByValue& figures, const std::string& value) {
    const auto found = figures.find(value);
    return found == figures.end() ? Fraction(0) : found->second;
}

Roll::Roll(const Evaluation& e) {
    for (const RosterRow& row : e.roster("stores", {"store_id", "name"}))
        stores[row["store_id"]] = row["name"].empty() ? row["store_id"] : row["name"];
    add_former(e, e.period().last);
}

void Roll::add_former(const Evaluation& e, std::int32_t day) {
    std::set<std::string> known;
    for (const Guide& guide : guides) known.insert(guide.id);
    for (const RosterRow& row : e.roster("store_guides", {"guide_id", "name", "store_id"}, day)) {
        const std::string& id = row["guide_id"];
        if (known.insert(id).second) guides.push_back({id, row["name"].empty() ? id : row["name"], row["store_id"]});
    }
}

std::string Roll::store_name(const std::string& id) const {
    const auto found = stores.find(id);
    return found == stores.end() ? id : found->second;
}

ByValue Roll::by_store(const ByValue& by_guide) const {
    ByValue sums;
    for (const Guide& guide : guides) sums[guide.store] = at(sums, guide.store) + at(by_guide, guide.id);
    return sums;
}

Fraction for_the_days(std::int64_t a_month, const siyu_period& period) {
    Fraction sum;
    for (std::int32_t day = period.first; day <= period.last; ++day)
        sum = sum + Fraction(a_month, last_of_month(day) - first_of_month(day) + 1);
    return sum;
}

void put_left(const Texts& texts, const char* list, std::size_t found) {
    if (found > most_rows)
        texts.row(list, {{"left", Fraction(static_cast<std::int64_t>(found - most_rows)), Unit::count}});
}
