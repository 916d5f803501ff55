// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/intake/rule.hpp"

namespace siyu {

// Rows of one rule that wait for the end of the file, since what they say depends on others (Rule::Keep).
class KeptRows {
  public:
    // A column of the fact and what is wrong with it.
    using Fault = std::pair<int, Note>;
    struct Row {
        std::int64_t line = 0;
        std::vector<std::string> cells;  // by column of the fact
        std::optional<Fault> fault;      // then it is a bad row
    };

    explicit KeptRows(const Rule& rule) : rule_(&rule), kind_(&kind_of(rule.fact)) {}

    // The cells are in one form for each value, so that rows alike are found alike. No cells: there is no row for this
    // key any more. A fault says why the row does not go with those before it, and is not taken.
    std::optional<Fault> add(std::string key, std::int64_t line, std::span<const std::string> cells);
    // False where a row of this key had this mark before.
    bool is_new(const std::string& key, const std::string& mark);
    // A row of this key is bad: without it the sum would be wrong.
    void spoil(std::string key, std::int64_t line);
    std::size_t size() const { return rows_.size(); }
    // Rows of several keys may name one row of the fact, of which the store would keep the last: they are bad.
    void tell_alike() { may_be_alike_ = true; }

    // After the last record: one after the other, by line. False after the last.
    bool next(Row& row);

  private:
    struct Kept {
        std::int64_t line, rows;
        std::string cells;        // packed; empty: there is none
        std::int64_t spoiled_by;  // the line of a bad row; 0: none
        std::optional<Fault> fault;
    };

    std::optional<Fault> join(Kept& kept, std::span<const std::string> cells) const;
    void take_differences();
    void refuse_alike();

    const Rule* rule_;
    const FactKind* kind_;
    std::unordered_map<std::string, std::size_t> index_;
    std::unordered_set<std::string> marks_;
    std::vector<Kept> rows_;
    std::size_t next_ = 0;
    bool may_be_alike_ = false;
};

}  // namespace siyu
