// SPDX-License-Identifier: Apache-2.0
#include "core/store/packed.hpp"

#include <zlib.h>

#include <new>

#include "core/base/error.hpp"
#include "core/store/checksum.hpp"

namespace siyu {

namespace {

constexpr std::int64_t largest = std::int64_t{1} << 30;

}  // namespace

Packed::Packed(std::string_view bytes)
    : size(static_cast<std::int64_t>(bytes.size())), crc(std::int64_t{checksum(bytes)}) {
    uLongf length = ::compressBound(bytes.size());
    data.resize(length);
    if (::compress2(reinterpret_cast<Bytef*>(data.data()), &length, reinterpret_cast<const Bytef*>(bytes.data()),
                    bytes.size(), Z_BEST_SPEED) != Z_OK)
        throw std::bad_alloc();
    data.resize(length);
}

std::string unpacked(Statement& row, int column) {
    const std::int64_t size = row.number(column), crc = row.number(column + 1);
    const std::string_view data = row.bytes(column + 2);
    std::string out(size >= 0 && size <= largest ? static_cast<std::size_t>(size) : 0, '\0');
    uLongf got = out.size();
    if (::uncompress(reinterpret_cast<Bytef*>(out.data()), &got, reinterpret_cast<const Bytef*>(data.data()),
                     data.size()) != Z_OK ||
        got != static_cast<uLongf>(size) || checksum(out) != crc)
        throw Error(Error::unreachable, "jobs.damaged_page");
    return out;
}

}  // namespace siyu
