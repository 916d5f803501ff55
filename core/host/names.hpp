// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/facts/roster.hpp"
#include "core/host/problems.hpp"

// The names that a plugin uses for facts, rosters and columns, English or Chinese: looked up, and what is not there is
// noted with what may have been meant.
namespace siyu {

// Null, and noted, where there is no such fact; else `name` becomes the canonical one.
const FactKind* find_fact(std::string& name, Problems& problems);
// The same for the facts that are rosters.
const Roster* find_roster(std::string& name, Problems& problems);

// A column of the fact, or one looked up by it: `group_id.tier`. Null, and noted, where there is none; else `name`
// becomes the canonical one.
const Column* find_column(const FactKind& kind, std::string& name, Problems& problems);
// A column of any fact, or one looked up by it.
const Column* find_column(std::string& name, Problems& problems);

// Whether the column holds words and ids: what can be told apart by its value.
inline bool is_wordy(Type type) {
    return type == Type::id || type == Type::text || type == Type::word || type == Type::kind;
}
// Whether it can be summed.
inline bool is_summed(Type type) { return type == Type::money || type == Type::count; }

}  // namespace siyu
