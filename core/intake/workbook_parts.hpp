// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/intake/archive.hpp"
#include "core/intake/table.hpp"
#include "core/intake/xml.hpp"

// The parts of an .xlsx workbook beside the rows of its sheets (ECMA-376).
namespace siyu {

// Which parts a workbook has, by their entries in the archive; one that is missing is empty.
struct WorkbookParts {
    struct Worksheet {
        std::string name, entry;
    };
    std::vector<Worksheet> sheets, hidden;  // the visible ones and the others, in their order
    std::string strings, styles;
    bool from_1904 = false;  // dates count from there

    explicit WorkbookParts(const Archive& workbook);
};

// Whether a sheet has a cell with something in it.
bool has_cells(const Archive& workbook, const std::string& sheet);

// The hidden sheets with anything in them of the workbook that a table is part of.
std::vector<TablePlace> hidden_sheets(const TablePlace& place);

// The column of `BC12`, from 0; `otherwise` where it names none, most_columns where there is no such column.
inline constexpr std::size_t most_columns = 16384, most_rows = 1 << 20;  // as a spreadsheet has
std::size_t column_of(std::string_view reference, std::size_t otherwise);

// Cells over several rows that are merged into one: rows from 1, and the column of the first cell.
struct Merge {
    std::int64_t first = 0, last = 0;
    std::size_t column = 0;
};
// Those of a sheet, by their first rows.
std::vector<Merge> merges_in(const Archive& workbook, const std::string& sheet);

// How a style shows a number.
enum class Look : std::uint8_t { number, date, percent };
// Those of the cell styles, in their order.
std::vector<Look> looks_in(const Archive& workbook, const std::string& styles);

// A character that XML cannot hold stands in a text as `_x000D_`: put right from `from` on.
void unescape(std::string& text, std::size_t from);

// All shared strings in one text.
class SharedStrings final : public XmlReader {
  public:
    SharedStrings(const Archive& archive, std::string_view entry) : XmlReader(archive, entry) { read(); }
    std::string_view at(std::size_t number) const {
        if (number + 1 >= begins_.size()) return {};
        return std::string_view(all_).substr(begins_[number], begins_[number + 1] - begins_[number]);
    }

  private:
    void opened(std::string_view name, const Attributes&) override {
        in_text_ = name == "t" && !in_reading_;
        if (name == "rPh") in_reading_ = true;  // how a name is pronounced is no part of it
    }
    void closed(std::string_view name) override {
        in_text_ = false;
        if (name == "rPh") in_reading_ = false;
        if (name == "si") {
            unescape(all_, begins_.back());
            begins_.push_back(all_.size());
        }
    }
    void text(std::string_view text) override {
        if (in_text_) all_ += text;
    }

    std::string all_;
    std::vector<std::size_t> begins_{0};
    bool in_text_ = false, in_reading_ = false;
};

// A whole number; `otherwise` for what is none.
std::size_t whole_number(std::string_view text, std::size_t otherwise);

}  // namespace siyu
