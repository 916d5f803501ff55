// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/intake/table.hpp"

namespace siyu {

// The first sheet of an .xlsx workbook, read row by row. Cells are given as text: numbers as they are stored, dates by
// the style of their cell as `2026-11-20` or `2026-11-20 09:15:00`, percentages as `80%`.
class XlsxReader final : public TableReader {
  public:
    explicit XlsxReader(const std::filesystem::path& path);
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
