// SPDX-License-Identifier: Apache-2.0
#include "core/intake/xlsx.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "core/intake/cell.hpp"
#include "core/intake/sheet_number.hpp"
#include "core/intake/utf8.hpp"
#include "core/intake/workbook_parts.hpp"
#include "core/intake/xml.hpp"

namespace siyu {

std::vector<std::string> sheets_of(const Archive& workbook) {
    std::vector<std::string> names;
    for (const auto& sheet : WorkbookParts(workbook).sheets)
        if (has_cells(workbook, sheet.entry)) names.push_back(sheet.name);
    return names;
}

struct XlsxReader::Workbook {
    Archive archive;
    std::string file, sheet;  // what people know it by; the entry
    std::unique_ptr<SharedStrings> strings;
    std::vector<Look> looks;  // of the cell styles
    bool from_1904 = false;

    Workbook(Archive from, const std::string& wanted) : archive(std::move(from)), file(archive.file_name()) {
        const WorkbookParts parts(archive);
        from_1904 = parts.from_1904;
        for (const auto& one : parts.sheets)
            if (sheet.empty() && (wanted.empty() ? has_cells(archive, one.entry) : one.name == wanted))
                sheet = one.entry;
        if (sheet.empty() && wanted.empty() && !parts.sheets.empty()) sheet = parts.sheets[0].entry;
        if (!wanted.empty()) file += " › " + wanted;
        if (sheet.empty()) throw Error(Error::refused, "intake.no_sheet", {{"file", file}});
        if (archive.has(parts.strings)) strings = std::make_unique<SharedStrings>(archive, parts.strings);
        looks = looks_in(archive, parts.styles);
    }
};

// The rows of the sheet, one at a time.
struct XlsxReader::Sheet final : XmlReader {
    struct Place {
        std::size_t begin, size;
        bool is_label;  // no number
    };
    // The value of a merged cell, for its further rows.
    struct Label {
        std::int64_t last;
        std::string text;
    };

    explicit Sheet(const Workbook& workbook)
        : XmlReader(workbook.archive, workbook.sheet),
          book(workbook),
          merges(merges_in(workbook.archive, workbook.sheet)) {}

    const Workbook& book;
    std::string all;            // the texts of the row's cells, one behind the other
    std::vector<Place> places;  // by column
    std::int64_t row = 0;
    bool too_large = false;
    std::size_t widest = widest_table;  // a row that can be taken
    std::size_t taken = 0;
    std::vector<Merge> merges;
    std::size_t next_merge = 0;
    std::map<std::size_t, Label> labels;  // by column
    std::string without_value;            // the first cell whose formula was saved without its value

    void opened(std::string_view name, const Attributes& with) override {
        if (name == "row") {
            row = static_cast<std::int64_t>(
                std::min(whole_number(with.find("r").value_or(""), static_cast<std::size_t>(row) + 1), most_rows));
            all.clear();
            places.clear();
            too_large = false;
            without_value.clear();
        } else if (name == "c") {
            reference_ = with.find("r").value_or("");
            formula_ = false;
            column_ = column_of(with.find("r").value_or(""), places.size());
            type_ = with.find("t").value_or("n");
            const std::size_t style = whole_number(with.find("s").value_or(""), book.looks.size());
            look_ = style < book.looks.size() ? book.looks[style] : Look::number;
            value_.clear();
        }
        in_value_ = name == "v" || (name == "t" && !in_reading_);
        formula_ = formula_ || name == "f";
        if (name == "rPh") in_reading_ = true;
    }

    void text(std::string_view text) override {
        if (!in_value_) return;
        if (value_.size() + text.size() > largest_record)
            too_large = true;
        else
            value_ += text;
    }

    void closed(std::string_view name) override {
        in_value_ = false;
        if (name == "rPh") in_reading_ = false;
        if (name == "c" && !value_.empty()) put();
        if (name == "c" && value_.empty() && formula_ && type_ != "str" && without_value.empty())
            without_value = reference_;
        if (name == "row") pause();
    }

    // Keeps what merged cells that begin in this row have.
    void keep_merged() {
        for (; next_merge < merges.size() && merges[next_merge].first <= row; ++next_merge) {
            const Merge& merge = merges[next_merge];
            if (merge.first < row || merge.column >= places.size()) continue;
            const Place& place = places[merge.column];
            if (place.is_label && place.size > 0 && place.size <= longest_text)
                labels[merge.column] = {merge.last, all.substr(place.begin, place.size)};
        }
    }

    // Gives the further rows of a merged cell its text or its day. A number stands for all of them together, and each
    // row having it would count it more than once: it stays with the first.
    void fill_merged(std::vector<std::string_view>& cells) {
        for (auto it = labels.begin(); it != labels.end();) {
            if (it->second.last < row) {
                it = labels.erase(it);
                continue;
            }
            if (cells.size() <= it->first) cells.resize(it->first + 1);
            if (cells[it->first].empty()) cells[it->first] = it->second.text;
            ++it;
        }
    }

  private:
    void put() {
        if (column_ >= most_columns) return;
        std::string made;
        std::string_view text = value_;
        if (type_ == "s") {
            text = book.strings ? book.strings->at(whole_number(value_, SIZE_MAX - 1)) : std::string_view{};
        } else if (type_ == "b") {
            text = value_ == "1" ? "TRUE" : "FALSE";
        } else if (type_ == "d") {
            // ISO 8601, as strict workbooks have it.
            if (text.ends_with("T00:00:00")) text.remove_suffix(9);
        } else if (type_ == "inlineStr" || type_ == "str") {
            unescape(value_, 0);
            text = value_;
        } else if (type_ == "n") {
            made = look_ == Look::date ? serial_text(number(), book.from_1904) : plain_number(value_);
            if (made.empty()) made = value_;
            const bool plain = made.find_first_not_of("-.0123456789") == std::string::npos;
            if (look_ == Look::percent && plain) made = percent_text(made);
            text = made;
        }
        if (all.size() + text.size() > largest_record) {
            too_large = true;
            return;
        }
        // Beyond the widest row there is only one more column, which tells that the row goes on.
        if (column_ >= widest && strip(text).empty()) return;
        const std::size_t column = std::min(column_, widest);
        if (places.size() <= column) places.resize(column + 1, {0, 0, false});
        places[column] = {all.size(), text.size(), type_ != "n" || look_ == Look::date};
        all += text;
    }

    double number() const {
        double value = -1;
        const auto [end, wrong] = std::from_chars(value_.data(), value_.data() + value_.size(), value);
        return wrong == std::errc{} && end == value_.data() + value_.size() ? value : -1;
    }

    std::size_t column_ = 0;
    std::string type_, value_, reference_;
    Look look_ = Look::number;
    bool in_value_ = false, in_reading_ = false, formula_ = false;
};

XlsxReader::XlsxReader(Archive workbook, const std::string& sheet)
    : workbook_(std::make_unique<Workbook>(std::move(workbook), sheet)), sheet_(std::make_unique<Sheet>(*workbook_)) {
    const Found found = read();
    if (found == Found::end) throw Error(Error::refused, "intake.empty_file", {{"file", workbook_->file}});
    if (found == Found::broken)
        throw Error(Error::refused, "intake.broken_header",
                    {{"file", workbook_->file}, {"line", std::to_string(line_)}});
    take_header();
}

XlsxReader::~XlsxReader() = default;

std::uint64_t XlsxReader::bytes_read() const { return sheet_->bytes_read(); }
std::uint64_t XlsxReader::bytes_total() const { return sheet_->bytes_total(); }

TableReader::Found XlsxReader::read() {
    while (sheet_->read()) {
        line_ = sheet_->row;
        cells_.clear();
        for (const auto& place : sheet_->places)
            cells_.push_back(std::string_view(sheet_->all).substr(place.begin, place.size));
        if (sheet_->too_large) {
            fault_ = {"intake.record_too_large", {{"limit", "1 MiB"}}};
            return Found::broken;
        }
        if (!sheet_->without_value.empty()) {
            fault_ = {"intake.formula_without_value", {{"cell", sheet_->without_value}}};
            return Found::broken;
        }
        if (is_blank()) continue;
        // The header is one of the first rows.
        if (++sheet_->taken == 100) sheet_->widest = header_.size();
        sheet_->keep_merged();
        sheet_->fill_merged(cells_);
        return Found::record;
    }
    return Found::end;
}

}  // namespace siyu
