// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/app/commands.hpp"

namespace siyu {

// A file, and whose it is said to be; nobody's where the file itself may tell.
struct IncomingFile {
    std::shared_ptr<const Tenant> owner;
    std::filesystem::path file;
};

// The files that a command names: a folder is its tables in the order of their names, a folder of folders (`each`)
// those of every tenant. Throws Error where a folder has none.
std::vector<IncomingFile> incoming_files(Session& session, const ImportOptions& options);

// By its ending a table, or an archive of tables; no file that a program still works on.
bool may_hold_tables(const std::filesystem::path& file);

}  // namespace siyu
