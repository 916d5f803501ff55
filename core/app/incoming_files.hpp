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

// The files that a command names.
struct IncomingFiles {
    std::vector<IncomingFile> files;
    bool left_out = false;  // there is more that may be data, as was told
};

// A folder is all that a reader may read in it, in the order of the names and, where these tell, of the writing; what
// else lies there is told. A folder of folders (`each`) is those of every tenant. Throws Error where there is nothing;
// with `each` one owner's folder keeps no other's out.
IncomingFiles incoming_files(Session& session, const ImportOptions& options);

}  // namespace siyu
