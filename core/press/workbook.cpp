// SPDX-License-Identifier: Apache-2.0
#include "core/press/workbook.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "core/base/error.hpp"
#include "core/press/held.hpp"
#include "core/press/plain_text.hpp"
#include "core/press/sheet_names.hpp"

namespace siyu {

namespace {

using Kind = Workbook::Kind;
constexpr std::array kinds = {Kind::text, Kind::count, Kind::decimal, Kind::ratio, Kind::yuan, Kind::multiple};
constexpr std::size_t longest_text = 32767;  // Excel's limit, in UTF-16
constexpr int narrowest = 8, widest = 48;

const char* number_format(Kind kind) {
    switch (kind) {
        case Kind::text: return "General";
        case Kind::count: return "#,##0";
        case Kind::decimal: return "#,##0.00";
        case Kind::ratio: return "0.00%";
        case Kind::yuan: return "¥#,##0.00";
        case Kind::multiple: return "0.00";
    }
    return "General";
}

[[noreturn]] void refuse(const std::string& words) {
    throw Error(Error::unreachable, "press.no_workbook", {{"words", words}});
}

void must(lxw_error code) {
    if (code != LXW_NO_ERROR) refuse(lxw_strerror(code));
}

// libxlsxwriter writes files alone. Theirs is a folder that nobody else can look into, gone with this object.
class Folder {
  public:
    Folder() : path_((std::filesystem::temp_directory_path() / "siyu-xlsx-XXXXXX").string()) {
        if (!::mkdtemp(path_.data())) refuse(path_);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string& path() { return path_; }

  private:
    std::string path_;
};

// A text as a cell can hold it.
std::string cell_text(const std::string& text) {
    std::string plain = plain_text(text);
    if (plain.size() > longest_text) plain = front_of(plain, longest_text);
    return plain;
}

class Book {
  public:
    Book(const std::string& file, std::string& folder) {
        lxw_workbook_options options{};
        options.tmpdir = folder.data();
        book_.reset(workbook_new_opt(file.c_str(), &options));
        if (!book_) refuse(file);
        for (const Kind kind : kinds)
            for (const bool strong : {false, true}) {
                lxw_format* format = workbook_add_format(book_.get());
                format_set_num_format(format, number_format(kind));
                if (strong) format_set_bold(format);
                formats_[static_cast<std::size_t>(kind)][strong] = format;
            }
        head_ = workbook_add_format(book_.get());
        format_set_bold(head_);
        format_set_bg_color(head_, 0xE8EEF4);
        format_set_bottom(head_, LXW_BORDER_THIN);
    }

    void describe(const Workbook& workbook) {
        std::string title = plain_text(workbook.title), author = plain_text(workbook.author);
        lxw_doc_properties properties{};
        properties.title = title.data();
        properties.author = author.data();
        // 0 would be the clock's time, and years have four digits.
        properties.created = std::clamp<std::int64_t>(workbook.made_at, 1, 253402300799);
        must(workbook_set_properties(book_.get(), &properties));
    }

    void add(const Workbook::Sheet& sheet, const std::string& name) {
        lxw_worksheet* to = workbook_add_worksheet(book_.get(), name.c_str());
        if (!to) refuse(name);
        lxw_row_t row = 0;
        for (const std::string& line : sheet.before) write(to, row++, 0, {.text = line});
        if (row) ++row;
        const lxw_row_t head = row++;
        std::vector<int> columns(sheet.columns.size(), narrowest);
        for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
            must(worksheet_write_string(to, head, static_cast<lxw_col_t>(i), cell_text(sheet.columns[i]).c_str(),
                                        head_));
            columns[i] = std::max(columns[i], columns_of(sheet.columns[i]) + 3);  // beside the filter's arrow
        }
        for (const auto& cells : sheet.rows) {
            for (std::size_t i = 0; i < cells.size(); ++i) {
                write(to, row, static_cast<lxw_col_t>(i), cells[i]);
                if (i < columns.size()) columns[i] = std::max(columns[i], columns_of(cells[i].text) + 2);
            }
            ++row;
        }
        if (columns.empty()) return;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            must(worksheet_set_column(to, column, column, std::min(columns[i], widest), nullptr));
        }
        must(worksheet_autofilter(to, head, 0, row - 1, static_cast<lxw_col_t>(columns.size() - 1)));
        worksheet_freeze_panes(to, head + 1, 1);
    }

    void close() { must(workbook_close(book_.release())); }

  private:
    // Texts are written as texts alone: what looks like a formula is none.
    void write(lxw_worksheet* to, lxw_row_t row, lxw_col_t column, const Workbook::Cell& cell) {
        lxw_format* format = formats_[static_cast<std::size_t>(cell.kind)][cell.strong];
        if (cell.number && std::isfinite(*cell.number))
            must(worksheet_write_number(to, row, column, *cell.number, format));
        else
            must(worksheet_write_string(to, row, column, cell_text(cell.text).c_str(), format));
    }

    Held<lxw_workbook, lxw_workbook_free> book_;
    std::array<std::array<lxw_format*, 2>, kinds.size()> formats_{};
    lxw_format* head_ = nullptr;
};

}  // namespace

std::string write_workbook(const Workbook& workbook) {
    Folder folder;
    const std::string file = folder.path() + "/workbook.xlsx";
    Book book(file, folder.path());
    book.describe(workbook);
    const auto names = sheet_names(workbook.sheets);
    for (std::size_t i = 0; i < names.size(); ++i) book.add(workbook.sheets[i], names[i]);
    book.close();
    std::ifstream stream(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    if (bytes.empty()) refuse(file);
    return bytes;
}

}  // namespace siyu
