// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/facts/fact.hpp"

namespace siyu {

// Rows of one fact: each as many whole numbers as the fact has columns, and one more that is 1 when the row says that
// the key is gone from this day (it moved to another).
class Rows {
  public:
    Rows() = default;
    explicit Rows(const FactKind& kind) : width_(kind.columns.size() + 1) {}

    std::size_t width() const { return width_; }
    std::size_t size() const { return width_ ? cells_.size() / width_ : 0; }
    bool empty() const { return cells_.empty(); }
    std::span<const std::int64_t> operator[](std::size_t row) const { return {&cells_[row * width_], width_}; }
    std::span<std::int64_t> operator[](std::size_t row) { return {&cells_[row * width_], width_}; }
    // A new row at the end, all cells 0.
    std::span<std::int64_t> add() {
        cells_.resize(cells_.size() + width_);
        return {&cells_[cells_.size() - width_], width_};
    }
    void add(std::span<const std::int64_t> row) { cells_.insert(cells_.end(), row.begin(), row.end()); }
    void append(const Rows& rows) { cells_.insert(cells_.end(), rows.cells_.begin(), rows.cells_.end()); }
    void clear() { cells_.clear(); }
    std::size_t bytes() const { return cells_.capacity() * sizeof(std::int64_t); }

    // Brings the rows into the order of the key; of rows with one key the last added stays.
    void settle(const FactKind& kind);
    // Takes out the rows whose key is gone.
    void drop_gone();

    // The rows as bytes: column by column, each as its smallest value and as few bytes a row as the others need.
    std::string encode() const;
    // Adds the rows that `encode` wrote, maybe when the fact had fewer columns (new ones come at the end). Throws Error
    // (unreachable, store.damaged_block) when they are not whole.
    void decode(std::string_view bytes);

  private:
    std::size_t width_ = 0;
    std::vector<std::int64_t> cells_;
};

// Less than, equal or greater by the key of the fact.
int compare_keys(const FactKind& kind, std::span<const std::int64_t> a, std::span<const std::int64_t> b);

}  // namespace siyu
