// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace siyu {

// A table as the migrations leave it. The first column is the tenant; the key is one that every engine has an index
// for.
struct StoreTable {
    std::string_view name;
    std::vector<std::string_view> columns, key;

    // The columns, or the key, as SQL names them.
    static std::string list(const std::vector<std::string_view>& names);
};

// All tables but `migration`. Whoever adds a table or a column in a migration adds it here.
std::span<const StoreTable> store_tables();

}  // namespace siyu
