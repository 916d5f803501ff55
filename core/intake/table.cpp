// SPDX-License-Identifier: Apache-2.0
#include "core/intake/table.hpp"

#include <algorithm>
#include <array>

#include "core/intake/csv.hpp"
#include "core/intake/utf8.hpp"
#include "core/intake/xlsx.hpp"

namespace siyu {

std::unique_ptr<TableReader> TableReader::open(const std::filesystem::path& path, std::optional<Encoding> said) {
    std::array<char, 4> head{};
    File file(path);
    const std::size_t got = file.read(head.data(), head.size());
    if (std::string_view(head.data(), got) == "PK\x03\x04") return std::make_unique<XlsxReader>(path);
    return std::make_unique<CsvReader>(std::move(file), said);
}

bool TableReader::next_header() {
    const Found found = read();
    if (found == Found::end) return false;
    if (found == Found::record) take_header();
    return true;
}

std::string TableReader::record() const {
    std::string text;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (i > 0) text += ',';
        add_csv_cell(text, cells_[i]);
    }
    return text;
}

std::string TableReader::header_record() const {
    std::string text;
    for (std::size_t i = 0; i < header_.size(); ++i) {
        if (i > 0) text += ',';
        add_csv_cell(text, header_[i]);
    }
    return text;
}

void TableReader::take_header() {
    // What a spreadsheet leaves behind the last name is no column.
    while (cells_.size() > 1 && strip(cells_.back()).empty()) cells_.pop_back();
    header_.assign(cells_.begin(), cells_.end());
}

bool TableReader::is_blank() const {
    return std::all_of(cells_.begin(), cells_.end(), [](std::string_view cell) { return strip(cell).empty(); });
}

TableReader::Found TableReader::next() {
    if (const Found found = read(); found != Found::record) return found;
    const std::size_t wanted = header_.size();
    if (cells_.size() < wanted) cells_.resize(wanted);
    while (cells_.size() > wanted && strip(cells_.back()).empty()) cells_.pop_back();
    if (cells_.size() == wanted) return Found::record;
    // A comma too many (1,234.50 without quotes) has moved all that follows into the wrong column.
    fault_ = {"intake.too_many_cells", {{"cells", std::to_string(cells_.size())}, {"columns", std::to_string(wanted)}}};
    return Found::broken;
}

}  // namespace siyu
