// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>

#include "core/ledger/ledger.hpp"

namespace siyu {

using Row = std::span<const std::int64_t>;
// Customers by the value that they are divided by.
using Sets = std::map<std::string, Customers>;

// Says which parts a row belongs to: one by what an attribute says, or those that its customer is in.
class Sorter {
  public:
    explicit Sorter(Attribute by) : by_(std::move(by)) {}
    Sorter(const Sets& sets, std::size_t customer) : customer_(customer) {
        for (const auto& [name, set] : sets) {
            for (const std::uint32_t one : set) of_customer_.emplace_back(one, names_.size());
            names_.push_back(name);
        }
        std::sort(of_customer_.begin(), of_customer_.end());
    }

    template <class Take>
    void each(Row row, Take take) {
        if (by_) return take(part(by_->of(row)));
        if (row[customer_] == absent) return;
        const std::pair<std::uint32_t, std::size_t> from{static_cast<std::uint32_t>(row[customer_]), 0};
        for (auto at = std::lower_bound(of_customer_.begin(), of_customer_.end(), from);
             at != of_customer_.end() && at->first == from.first; ++at)
            take(at->second);
    }
    // The number of a value's part, counted in the order of first sight.
    std::size_t part(std::int64_t value) {
        const auto [found, fresh] = places_.try_emplace(value, values_.size());
        if (fresh) values_.push_back(value);
        return found->second;
    }
    std::size_t size() const { return by_ ? values_.size() : names_.size(); }
    std::string name(std::size_t part, Words& words) const {
        if (!by_) return names_[part];
        return values_[part] == by_->empty ? std::string() : words.text(by_->space, values_[part]);
    }

  private:
    std::optional<Attribute> by_;
    std::vector<std::int64_t> values_;
    std::unordered_map<std::int64_t, std::size_t> places_;
    std::size_t customer_ = 0;
    std::vector<std::string> names_;
    std::vector<std::pair<std::uint32_t, std::size_t>> of_customer_;
};

// What is gathered for each part of a sorter.
template <class Gathered>
class Gathering {
  public:
    explicit Gathering(Sorter& sorter) : sorter_(sorter), parts_(sorter.size()) {}
    Gathered& operator[](std::size_t part) {
        if (part >= parts_.size()) parts_.resize(part + 1);
        return parts_[part];
    }
    template <class Result, class Make>
    std::map<std::string, Result> by_name(Words& words, Make make) {
        std::map<std::string, Result> found;
        for (std::size_t i = 0; i < parts_.size(); ++i) found.emplace(sorter_.name(i, words), make(parts_[i]));
        return found;
    }

  private:
    Sorter& sorter_;
    std::vector<Gathered> parts_;
};

}  // namespace siyu
