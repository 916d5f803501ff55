// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/intake/profile.hpp"
#include "core/intake/table.hpp"

namespace siyu {

// A profile for exports like a sample, for a person to finish (docs/profiles.md): the columns of the header, what each
// looks like in the first rows, and which of them the fact is made of, as far as their names tell. A needed column that
// was not found is left empty, so that an import says what is still missing. No value of the sample stands in it.
struct ProfileDraft {
    std::string text;  // TOML
    Fact fact = Fact::touches;
    std::vector<std::string> missing;  // needed columns of the fact, to be filled in
};

// Without a fact: the one of which most is found. Throws Error (refused) for what is no table, or where the names of
// its columns do not tell which fact it is.
ProfileDraft draft_profile(const TablePlace& sample, const std::string& name, std::optional<Fact> fact,
                           const Profiles& profiles, const Catalogue& say);

}  // namespace siyu
