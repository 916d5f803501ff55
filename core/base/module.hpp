// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace siyu {

// Parts of siyu that bring large libraries with them are modules: files under lib/siyu beside the program, opened when
// they are needed first, so that every other command starts without them. Program and module share C++ types, so they
// have to be of one siyu. A module exports one table whose first member is its version.
//
// The table of that name in that file. The module stays: its code may run until the program's last line. Throws Error
// (unreachable): `no_module` with the loader's words, store.other_module for one of another siyu.
const void* open_module(std::string_view file, const char* table, const char* no_module);

}  // namespace siyu
