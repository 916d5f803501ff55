// SPDX-License-Identifier: Apache-2.0
#include "core/store/revision.hpp"

namespace siyu {

void new_revision(Database& database, std::int64_t tenant) {
    const auto next = database.prepare("UPDATE revision SET number = number + 1 WHERE tenant = ?");
    next->with(tenant).run();
    if (next->changed() == 0)
        database.prepare("INSERT INTO revision (tenant, number) VALUES (?, 1)")->with(tenant).run();
}

}  // namespace siyu
