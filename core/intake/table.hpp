// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/intake/encoding.hpp"

namespace siyu {

// No record of a table is larger; what claims to be is set aside, so that memory stays bounded.
inline constexpr std::size_t largest_record = std::size_t{1} << 20;
// No export has more columns; what claims to is refused, for each of its rows would cost them all.
inline constexpr std::size_t widest_table = 2000;

// Where a table stands: it is a file of its own, or a sheet of a workbook, or either of them in an archive.
struct TablePlace {
    // The file's only table, or its first sheet.
    TablePlace(std::filesystem::path where) : file(std::move(where)) {}  // NOLINT(google-explicit-constructor)
    TablePlace(std::filesystem::path where, std::string in_archive, std::string on_sheet)
        : file(std::move(where)), entry(std::move(in_archive)), sheet(std::move(on_sheet)) {}

    std::filesystem::path file;
    std::string entry;  // of the archive; empty where the file is none
    std::string sheet;  // of the workbook; empty: its first

    // For people, without the folder: `六月.zip › 订单.xlsx › 销售明细`.
    std::string text() const;
};

// The tables in a file, in their order. Throws Error (refused) for an archive or a workbook that cannot be read.
std::vector<TablePlace> tables_in(const std::filesystem::path& file);

// A table, read record by record from front to back with constant memory: CSV, a sheet of an XLSX, JSON or JSON lines,
// XML events. Blank records are skipped, missing cells at the end are empty.
class TableReader {
  public:
    enum class Found { record, broken, end };

    // Throws Error (refused) for what is no table, naming the line where there is one.
    static std::unique_ptr<TableReader> open(const TablePlace& place, std::optional<Encoding> said = {});
    virtual ~TableReader() = default;

    const std::vector<std::string>& header() const { return header_; }
    // Takes the next record as the header instead (a title may stand above it). False at the end.
    bool next_header();
    // The header stands in two rows, of which next_header took the second: a column without a name there has the one
    // above it.
    void join_header();

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
    [[noreturn]] static void refuse_columns(const std::string& file, std::int64_t line);

    std::vector<std::string> header_;
    std::vector<std::string> row_, above_;  // as the header's row stands there, and the one over it
    std::vector<std::string_view> cells_;
    std::int64_t line_ = 0;
    bool unended_ = false;  // the record's line end is not there: the file may have been cut off
    Note fault_;

  private:
    static std::unique_ptr<TableReader> open_any(const TablePlace& place, std::optional<Encoding> said);
    void check_width() const;

    std::string name_;                     // as people know it
    std::size_t fewest_cells_ = SIZE_MAX;  // in a record below the header
};

}  // namespace siyu
