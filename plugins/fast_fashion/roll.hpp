// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <siyu/plugin.hpp>
#include <string>
#include <vector>

// Figures by shop and by guide, and how those are called.

using ByValue = std::map<std::string, siyu::Fraction>;

inline constexpr std::size_t most_rows = 10;

// The measure in the period by the values of the column; those without a figure are left out.
ByValue split(const siyu::Evaluation& e, siyu::Asked measure, const char* column);
// 0 where there is none.
siyu::Fraction at(const ByValue& figures, const std::string& value);

struct Guide {
    std::string id, name, store;  // the name, or the id where it is not known
};

// The shops and their guides on the period's last day.
struct Roll {
    explicit Roll(const siyu::Evaluation& e);

    // Those too who were in a shop on that day and are there no more.
    void add_former(const siyu::Evaluation& e, std::int32_t day);
    std::string store_name(const std::string& id) const;
    // What the guides of a shop come to together.
    ByValue by_store(const ByValue& by_guide) const;

    std::map<std::string, std::string> stores;  // id to name
    std::vector<Guide> guides;
};

// So many a month, for the days of the period: 800 is 800 in a whole month and 80 in three days of June.
siyu::Fraction for_the_days(std::int64_t a_month, const siyu_period& period);

// One row of the list, left, where more were found than are shown.
void put_left(const siyu::Texts& texts, const char* list, std::size_t found);
