// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/database.hpp"

namespace siyu {

// Gives a tenant's data (0: the agency's) a new revision, inside a transaction. A transaction that changes more tenants
// than the one it began with does so before it changes anything of theirs.
void new_revision(Database& database, std::int64_t tenant);

}  // namespace siyu
