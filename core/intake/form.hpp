// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "core/intake/encoding.hpp"

namespace siyu {

// How a table is written, as far as its first bytes tell: delimited text where nothing else fits.
enum class Form : std::uint8_t { delimited, json, events, archive };

Form form_of(std::string_view head);
// Of a file, read from its beginning.
Form form_of(File file);
// XML as callbacks send it: `<xml>` on the first line, perhaps behind a time or an XML declaration.
bool is_events(std::string_view head);

}  // namespace siyu
