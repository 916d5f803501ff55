// SPDX-License-Identifier: Apache-2.0
#include "core/store/rows.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "core/base/error.hpp"
#include "core/store/checksum.hpp"

namespace siyu {

namespace {

// A block: crc32 of what follows, number of rows, then for each column its smallest value, its unit, the number of
// bytes a row, and the rows. A cell is stored as (value - smallest) / unit + 1; 0 is an absent one.
struct Shape {
    std::int64_t base = 0;
    std::uint64_t unit = 1;
    int bytes = 0;
};

void put(std::string& out, std::uint64_t value, int bytes) {
    out.append(reinterpret_cast<const char*>(&value),
               static_cast<std::size_t>(bytes));  // little endian, as the machine
}

class Reader {
  public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    const char* take(std::size_t bytes) {
        if (bytes > rest_.size()) throw Error(Error::unreachable, "store.damaged_block");
        const char* data = rest_.data();
        rest_.remove_prefix(bytes);
        return data;
    }
    std::uint64_t number(int bytes) {
        std::uint64_t value = 0;
        std::memcpy(&value, take(static_cast<std::size_t>(bytes)), static_cast<std::size_t>(bytes));
        return value;
    }
    std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
};

int bytes_for(std::uint64_t value) {
    int bytes = 0;
    for (; value; value >>= 8) ++bytes;
    return bytes;
}

}  // namespace

int compare_keys(const FactKind& kind, std::span<const std::int64_t> a, std::span<const std::int64_t> b) {
    for (const int column : kind.key) {
        const auto i = static_cast<std::size_t>(column);
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

void Rows::settle(const FactKind& kind) {
    const std::size_t rows = size();
    const auto compare = [&](std::size_t a, std::size_t b) { return compare_keys(kind, (*this)[a], (*this)[b]); };
    bool ascending = true;
    for (std::size_t i = 1; i < rows && ascending; ++i) ascending = compare(i - 1, i) < 0;
    if (ascending) return;
    std::vector<std::uint32_t> order(rows);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const int c = compare(a, b);
        return c != 0 ? c < 0 : a < b;
    });
    std::vector<std::int64_t> settled;
    settled.reserve(cells_.size());
    for (std::size_t i = 0; i < rows; ++i) {
        if (i + 1 < rows && compare(order[i], order[i + 1]) == 0) continue;
        const auto row = (*this)[order[i]];
        settled.insert(settled.end(), row.begin(), row.end());
    }
    cells_ = std::move(settled);
}

void Rows::drop_gone() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size(); ++i) {
        if ((*this)[i].back() != 0) continue;
        if (kept != i)
            std::copy_n(cells_.begin() + static_cast<std::ptrdiff_t>(i * width_), width_,
                        cells_.begin() + static_cast<std::ptrdiff_t>(kept * width_));
        ++kept;
    }
    cells_.resize(kept * width_);
}

std::string Rows::encode() const {
    const std::size_t rows = size();
    std::string out(4, '\0');
    put(out, rows, 4);
    put(out, width_, 1);
    for (std::size_t column = 0; column < width_; ++column) {
        Shape shape{INT64_MAX, 0, 0};
        std::int64_t largest = absent;
        for (std::size_t i = column; i < cells_.size(); i += width_) {
            if (cells_[i] == absent) continue;
            shape.base = std::min(shape.base, cells_[i]);
            largest = std::max(largest, cells_[i]);
        }
        std::uint64_t span = 0;
        if (largest != absent) {
            const auto base = static_cast<std::uint64_t>(shape.base);
            for (std::size_t i = column; i < cells_.size() && shape.unit != 1; i += width_)
                if (cells_[i] != absent)
                    shape.unit = std::gcd(shape.unit, static_cast<std::uint64_t>(cells_[i]) - base);
            shape.unit = std::max<std::uint64_t>(shape.unit, 1);
            span = (static_cast<std::uint64_t>(largest) - base) / shape.unit + 1;
        } else {
            shape.base = 0;
        }
        const bool constant = span == 1 && [&] {
            for (std::size_t i = column; i < cells_.size(); i += width_)
                if (cells_[i] == absent) return false;
            return true;
        }();
        // A column of one value needs no bytes a row; 0 bytes and unit 0 say that all are absent.
        shape.bytes = constant || span == 0 ? 0 : bytes_for(span);
        put(out, static_cast<std::uint64_t>(shape.base), 8);
        put(out, span == 0 ? 0 : shape.unit, 8);
        put(out, static_cast<std::uint64_t>(shape.bytes), 1);
        if (shape.bytes == 0) continue;
        const std::size_t start = out.size();
        const auto step = static_cast<std::size_t>(shape.bytes);
        out.resize(start + rows * step);
        char* to = out.data() + start;
        for (std::size_t i = column; i < cells_.size(); i += width_, to += step) {
            const std::uint64_t value =
                cells_[i] == absent
                    ? 0
                    : (static_cast<std::uint64_t>(cells_[i]) - static_cast<std::uint64_t>(shape.base)) / shape.unit + 1;
            std::memcpy(to, &value, step);
        }
    }
    const std::uint32_t crc = checksum(std::string_view(out).substr(4));
    std::memcpy(out.data(), &crc, 4);
    return out;
}

void Rows::decode(std::string_view bytes) {
    Reader reader(bytes);
    const auto crc = static_cast<std::uint32_t>(reader.number(4));
    if (crc != checksum(reader.rest())) throw Error(Error::unreachable, "store.damaged_block");
    const std::size_t rows = reader.number(4);
    const std::size_t width = reader.number(1);
    if (width == 0 || width > width_) throw Error(Error::unreachable, "store.damaged_block");
    const std::size_t start = cells_.size();
    cells_.resize(start + rows * width_, absent);
    for (std::size_t stored = 0; stored < width; ++stored) {
        // Columns that the fact did not have yet are empty; the mark of a key that is gone stands behind them all.
        const std::size_t column = stored + 1 == width ? width_ - 1 : stored;
        const auto base = static_cast<std::int64_t>(reader.number(8));
        const std::uint64_t unit = reader.number(8);
        const auto step = static_cast<std::size_t>(reader.number(1));
        if (step > 8) throw Error(Error::unreachable, "store.damaged_block");
        std::int64_t* to = cells_.data() + start + column;
        if (step == 0) {
            const std::int64_t value = unit == 0 ? absent : base;
            for (std::size_t i = 0; i < rows; ++i, to += width_) *to = value;
            continue;
        }
        const char* from = reader.take(rows * step);
        for (std::size_t i = 0; i < rows; ++i, to += width_, from += step) {
            std::uint64_t value = 0;
            std::memcpy(&value, from, step);
            *to =
                value == 0 ? absent : static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + (value - 1) * unit);
        }
    }
}

}  // namespace siyu
