// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "core/store/database.hpp"

namespace siyu {

// The embedded store: one SQLite file, in WAL mode, so that readers never wait for an import.
std::unique_ptr<Database> open_sqlite(const std::filesystem::path& file, OpenFor purpose);

}  // namespace siyu
