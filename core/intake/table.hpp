// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/intake/encoding.hpp"

namespace siyu {

// No record of a table is larger; what claims to be is set aside, so that memory stays bounded.
inline constexpr std::size_t largest_record = std::size_t{1} << 20;

// A table in a file, read record by record from front to back with constant memory: CSV or the first sheet of an XLSX.
// Blank records are skipped, missing cells at the end are empty.
class TableReader {
  public:
    enum class Found { record, broken, end };

    // Throws Error (refused) for what is no table, naming the line where there is one.
    static std::unique_ptr<TableReader> open(const std::filesystem::path& path, std::optional<Encoding> said = {});
    virtual ~TableReader() = default;

    const std::vector<std::string>& header() const { return header_; }
    // Takes the next record as the header instead (a title may stand above it). False at the end.
    bool next_header();

    // A broken record has no cells; fault() says why.
    Found next();
    // As many as the header has; good until the next call of next().
    std::span<const std::string_view> cells() const { return {cells_.data(), header_.size()}; }
    // The line where the record begins, from 1; for a sheet the number of its row.
    std::int64_t line() const { return line_; }
    const Note& fault() const { return fault_; }
    // The record and the header as lines of a UTF-8 CSV file, without line end.
    virtual std::string record() const;
    std::string header_record() const;

    virtual std::uint64_t bytes_read() const = 0;
    virtual std::uint64_t bytes_total() const = 0;

  protected:
    // The next record that is not blank, with all its cells.
    virtual Found read() = 0;
    void take_header();
    bool is_blank() const;

    std::vector<std::string> header_;
    std::vector<std::string_view> cells_;
    std::int64_t line_ = 0;
    Note fault_;
};

}  // namespace siyu
