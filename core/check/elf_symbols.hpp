// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace siyu {

// What a shared object says to the dynamic loader.
struct ElfSymbols {
    std::vector<std::string> offered;    // symbols that others may use
    std::vector<std::string> wanted;     // symbols that others must have
    std::vector<std::string> libraries;  // that are loaded with it

    // The runtime library of AddressSanitizer that it was linked to; empty where it was built without.
    std::string sanitizer() const;
};

// Of a file that check_plugin_file() let pass. Throws Error (refused, check.no_symbols) where its tables are damaged.
ElfSymbols elf_symbols(const std::filesystem::path& file);

}  // namespace siyu
