// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace siyu {

// CRC-32 of the bytes, as zlib counts it: to notice damage, not malice.
std::uint32_t checksum(std::string_view bytes);

}  // namespace siyu
