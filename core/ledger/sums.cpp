// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/sums.hpp"

#include <cstdint>
#include <cstring>

#include "core/base/error.hpp"

namespace siyu {

Fraction exact(Wide sum) {
    if (sum >= INT64_MIN && sum <= INT64_MAX) return static_cast<std::int64_t>(sum);
    constexpr std::int64_t half = std::int64_t{1} << 62;
    return Fraction(static_cast<std::int64_t>(sum / half)) * Fraction(half) +
           Fraction(static_cast<std::int64_t>(sum % half));
}

void Sums::add(const FactKind& kind, const Rows& more) {
    rows += static_cast<Wide>(more.size());
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const Type type = kind.columns[column].type;
        if (type != Type::count && type != Type::money) continue;
        for (std::size_t i = 0; i < more.size(); ++i)
            if (const std::int64_t cell = more[i][column]; cell != absent) columns[column] += cell;
    }
}

void Sums::add(std::string_view cell) {
    const std::size_t known = cell.size() / sizeof(Wide);
    if (cell.size() % sizeof(Wide) != 0 || known == 0 || known > columns.size() + 1)
        throw Error(Error::unreachable, "store.damaged_ledger");
    Wide part = 0;
    std::memcpy(&part, cell.data(), sizeof part);
    rows += part;
    // Columns that the fact did not have yet add nothing.
    for (std::size_t column = 0; column + 1 < known; ++column) {
        std::memcpy(&part, cell.data() + (column + 1) * sizeof part, sizeof part);
        columns[column] += part;
    }
}

std::string Sums::write() const {
    std::string bytes(reinterpret_cast<const char*>(&rows), sizeof rows);
    bytes.append(reinterpret_cast<const char*>(columns.data()), columns.size() * sizeof(Wide));
    return bytes;
}

}  // namespace siyu
