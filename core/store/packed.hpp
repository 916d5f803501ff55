// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/store/database.hpp"

namespace siyu {

// Bytes as the store keeps long ones: compressed, with their size and checksum beside them, so that damage is noticed.
struct Packed {
    explicit Packed(std::string_view bytes);
    std::int64_t size, crc;
    std::string data;
};

// Back from three columns of the row at hand: size, checksum and data. Throws Error (unreachable, jobs.damaged_page).
std::string unpacked(Statement& row, int column);

}  // namespace siyu
