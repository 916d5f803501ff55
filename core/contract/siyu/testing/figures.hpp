// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "../evaluation.hpp"

namespace siyu {
inline namespace contract_v1 {
namespace testing {
namespace detail {

// A figure, or the status that says why there is none.
struct Answer {
    siyu_status status = SIYU_OK;
    Fraction figure;
};

// The figures, parts and rosters that a test gives, by the text of the measure. What is lent out stays until take_back.
class Figures {
  public:
    using Run = std::pair<std::int32_t, std::int32_t>;  // first and last day
    using Rows = std::vector<std::vector<std::string>>;

    void give(const std::string& measure, Answer answer) { figures_[measure] = answer; }
    void give(const std::string& measure, Run run, Answer answer) { runs_[{measure, run}] = answer; }
    void give_split(const std::string& measure, const std::string& column, std::vector<Part> parts) {
        splits_[{measure, column}] = std::move(parts);
    }
    void give_roster(const std::string& name, RosterRow::Columns columns, Rows rows) {
        rosters_[name] = {std::move(columns), std::move(rows)};
    }

    // That of the run of days, else the one for any; null where the test gives neither.
    const Answer* find(const std::string& measure, Run run) const {
        const auto of_run = runs_.find({measure, run});
        if (of_run != runs_.end()) return &of_run->second;
        const auto of_any = figures_.find(measure);
        return of_any == figures_.end() ? nullptr : &of_any->second;
    }
    // Null where the test does not divide the measure by the column.
    const std::vector<siyu_part>* split(const std::string& measure, const std::string& column) {
        const auto found = splits_.find({measure, column});
        if (found == splits_.end()) return nullptr;
        std::vector<siyu_part> parts;
        for (const Part& part : found->second)
            parts.push_back({contract_v1::detail::text(part.value),
                             part.figure ? contract_v1::detail::fraction(*part.figure) : siyu_fraction{0, 0},
                             part.figure ? SIYU_OK : SIYU_NO_VALUE, 0});
        lent_parts_.push_back(std::move(parts));
        return &lent_parts_.back();
    }
    // The cells of those columns, row by row; null where the test gives no such roster or column.
    const std::vector<siyu_text>* roster(const std::string& name, const RosterRow::Columns& columns) {
        const auto found = rosters_.find(name);
        if (found == rosters_.end()) return nullptr;
        const auto& [known, rows] = found->second;
        std::vector<std::size_t> places;
        for (const std::string& column : columns) {
            const auto place = std::find(known.begin(), known.end(), column);
            if (place == known.end()) return nullptr;
            places.push_back(static_cast<std::size_t>(place - known.begin()));
        }
        std::vector<siyu_text> cells;
        for (const auto& row : rows)
            for (const std::size_t place : places) cells.push_back(contract_v1::detail::text(row.at(place)));
        lent_cells_.push_back(std::move(cells));
        return &lent_cells_.back();
    }
    void take_back() { lent_parts_.clear(), lent_cells_.clear(); }

  private:
    std::map<std::string, Answer> figures_;
    std::map<std::pair<std::string, Run>, Answer> runs_;
    std::map<std::pair<std::string, std::string>, std::vector<Part>> splits_;
    std::map<std::string, std::pair<RosterRow::Columns, Rows>> rosters_;
    std::deque<std::vector<siyu_part>> lent_parts_;
    std::deque<std::vector<siyu_text>> lent_cells_;
};

}  // namespace detail
}  // namespace testing
}  // namespace contract_v1
}  // namespace siyu
