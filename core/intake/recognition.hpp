// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/facts/fact.hpp"
#include "core/intake/profile.hpp"
#include "core/intake/table.hpp"

namespace siyu {

// What a table may be taken for: an export that a profile knows, or the canonical table of a fact.
struct Candidate {
    const Profile* profile = nullptr;
    std::optional<Fact> fact;

    std::string name() const { return profile ? profile->name : std::string(to_string(*fact)); }
};

// What a header says that its table is: the profile whose columns are all there (of several the one that asks for
// most), else the fact that the sheet or file is named after (`2-joins.csv`, `加粉.csv`), else the fact whose needed
// columns are all there. More than one where only a person can tell. `profiles` must outlive them.
std::vector<Candidate> candidates(std::span<const std::string> header, const TablePlace& place,
                                  const Profiles& profiles);
// The same for a table whose header may stand below a title, or in two rows; none where it is unlike anything known.
std::vector<Candidate> candidates(const TablePlace& place, const Profiles& profiles);

// Profiles that share columns with the header, the likest first.
std::vector<const Profile*> like(std::span<const std::string> header, const Profiles& profiles, std::size_t most);

// A title may stand above the header, and rows of a sheet's own.
inline constexpr int header_rows = 5;

// Where the header was found: the row, from 1, and whether it takes the one above it in. Row 0: nowhere.
struct HeaderPlace {
    int row = 0;
    bool joined = false;
};
// Goes from row to row, some five of them, until the reader's header fits.
HeaderPlace find_header(TableReader& reader, const std::function<bool()>& fits);

// The fact that a name tells: `joins.csv`, `2-joins.csv`, `加粉.xlsx`, `orders_2026-11.csv`.
std::optional<Fact> fact_of_name(const std::filesystem::path& path);

// A name that is there and looks like the one that is missing; empty if none does.
std::string nearest(std::span<const std::string> header, std::string_view name);

}  // namespace siyu
