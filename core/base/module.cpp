// SPDX-License-Identifier: Apache-2.0
#include "core/base/module.hpp"

#include <dlfcn.h>

#include <filesystem>
#include <string>

#include "core/base/error.hpp"

namespace siyu {

const void* open_module(std::string_view file, const char* table, const char* no_module) {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    const std::string path = program.parent_path().parent_path() / "lib/siyu" / file;
    void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) throw Error(Error::unreachable, no_module, {{"words", ::dlerror()}});
    const void* found = ::dlsym(library, table);
    if (!found || std::string_view(*static_cast<const char* const*>(found)) != SIYU_VERSION)
        throw Error(Error::unreachable, "store.other_module", {{"file", path}, {"version", SIYU_VERSION}});
    return found;
}

}  // namespace siyu
