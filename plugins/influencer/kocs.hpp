// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <siyu/plugin.hpp>

// What sections about KOCs share.

constexpr std::size_t most_rows = 10;

inline siyu::Fraction number(std::size_t count) { return {static_cast<std::int64_t>(count)}; }

// The figures of a measure by the values of a column; what is not among them is 0.
class ByValue {
  public:
    explicit ByValue(const std::vector<siyu::Part>& parts) {
        for (const siyu::Part& part : parts)
            if (part.figure) figures_[part.value] = *part.figure;
    }
    siyu::Fraction operator[](const std::string& value) const {
        const auto found = figures_.find(value);
        return found == figures_.end() ? siyu::Fraction(0) : found->second;
    }
    const std::map<std::string, siyu::Fraction>& all() const { return figures_; }

  private:
    std::map<std::string, siyu::Fraction> figures_;
};

struct Koc {
    std::string id, name, status;
    std::int32_t since = 0;
    std::int64_t premium = 0, regular = 0;  // groups
};

// The roster of the day with the groups that each KOC leads, in the order of ids.
inline std::vector<Koc> kocs_on(const siyu::Evaluation& e, std::int32_t day) {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> groups;
    for (const siyu::RosterRow& row : e.roster("groups", {"koc_id", "tier"}, day)) {
        auto& [premium, regular] = groups[row["koc_id"]];
        ++(row["tier"] == "premium" ? premium : regular);
    }
    std::vector<Koc> kocs;
    for (const siyu::RosterRow& row : e.roster("kocs", {"koc_id", "name", "status", "since"}, day)) {
        const std::string &id = row["koc_id"], &name = row["name"];
        kocs.push_back({id, name.empty() ? id : name, row["status"], row.day("since").value_or(day), groups[id].first,
                        groups[id].second});
    }
    return kocs;
}
