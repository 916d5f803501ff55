// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace siyu {

// The name that a shop gives to an export, taken apart: `1791430000_订单.csv` (seconds since 1970), or
// `ExportOrderList202611201530.csv` (to the minute or second). Exports of one series are told apart by the time at
// which each was written (exports.md, 1.2).
struct ExportName {
    std::string series;   // the name without the time; what follows seconds is drawn by lot, and left out
    std::string written;  // digits; of one series the larger is the later one
};

// Nothing where the name has no such time.
std::optional<ExportName> export_name(std::string_view file);

// Which one of its series a file is, by its name: a later download of the same export, `orders (1).csv`, is the later
// one.
struct Edition {
    std::string series;
    std::string written;  // as in ExportName; empty where the name has no time
    int copy = 0;         // `orders.csv` is 0, `orders (2).csv` and `orders - 副本 (2).csv` are 2

    bool operator<(const Edition& other) const {
        return written != other.written ? written < other.written : copy < other.copy;
    }
};

Edition edition(std::string_view path);

// Files of one series in the order in which they were written; all else stays where it stands. `path` gives their
// names, with the folder.
template <typename Each, typename Path>
void order_by_writing(std::vector<Each>& all, Path path) {
    std::map<std::string, std::vector<std::size_t>> places;
    for (std::size_t i = 0; i < all.size(); ++i) places[edition(path(all[i])).series].push_back(i);
    for (const auto& [series, at] : places) {
        std::vector<Each> sorted;
        for (const std::size_t i : at) sorted.push_back(all[i]);
        std::ranges::stable_sort(sorted, std::less<>(), [&](const Each& one) { return edition(path(one)); });
        for (std::size_t n = 0; n < at.size(); ++n) all[at[n]] = sorted[n];
    }
}

}  // namespace siyu
