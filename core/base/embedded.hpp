// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string_view>

namespace siyu {

// The data files of the source tree that are built into the program (sentences, templates, migrations), by their path
// from the top of the repository. Written by packaging/embed.cmake; empty for a path that is not there.
const std::map<std::string_view, std::string_view>& embedded_files();
std::string_view embedded_file(std::string_view path);

}  // namespace siyu
