// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/intake/archive.hpp"
#include "core/intake/table.hpp"

namespace siyu {

// The names of the visible worksheets that have any cell, in their order.
std::vector<std::string> sheets_of(const Archive& workbook);

// A sheet of an .xlsx workbook, read row by row. Cells are given as text: numbers as they are stored, dates by the
// style of their cell as `2026-11-20` or `2026-11-20 09:15:00`, percentages as `80%`, errors as `#N/A`, formulas by the
// value that was saved with them: a row with one that has none is broken. Where cells over several rows are merged,
// each of these rows has their text or day; a number only the first.
class XlsxReader final : public TableReader {
  public:
    // Without a name the first sheet that has any cell.
    explicit XlsxReader(Archive workbook, const std::string& sheet = {});
    explicit XlsxReader(const std::filesystem::path& path) : XlsxReader(Archive(File(path))) {}
    ~XlsxReader() override;

    std::uint64_t bytes_read() const override;
    std::uint64_t bytes_total() const override;

  private:
    struct Workbook;  // shared strings, styles, epoch
    struct Sheet;     // the stream of rows
    Found read() override;

    std::unique_ptr<Workbook> workbook_;
    std::unique_ptr<Sheet> sheet_;
};

}  // namespace siyu
