// SPDX-License-Identifier: Apache-2.0
#include "core/intake/table.hpp"

#include <algorithm>
#include <array>

#include "core/intake/archive.hpp"
#include "core/intake/csv.hpp"
#include "core/intake/events.hpp"
#include "core/intake/form.hpp"
#include "core/intake/json.hpp"
#include "core/intake/utf8.hpp"
#include "core/intake/xlsx.hpp"

namespace siyu {

std::string TablePlace::text() const {
    std::string all = file.filename().string();
    for (const std::string& part : {entry, sheet})
        if (!part.empty()) all += " › " + part;
    return all;
}

namespace {

constexpr std::size_t most_entries = 1000, most_sheets = 200;
constexpr std::uint64_t largest_archive = 4 * largest_entry;
constexpr std::array<std::string_view, 10> table_endings{".csv",  ".txt",  ".tsv",   ".xls",    ".xlsx",
                                                         ".xlsm", ".json", ".jsonl", ".ndjson", ".et"};

void add_sheets(const Archive& workbook, const std::filesystem::path& file, const std::string& entry,
                std::vector<TablePlace>& places) {
    const auto sheets = sheets_of(workbook);
    // The workbook is opened once more for each of them.
    if (sheets.size() > most_sheets)
        throw Error(Error::refused, "intake.too_many_sheets",
                    {{"file", workbook.file_name()},
                     {"sheets", std::to_string(sheets.size())},
                     {"most", std::to_string(most_sheets)}});
    if (sheets.size() < 2)
        places.emplace_back(file, entry, "");
    else
        for (const auto& sheet : sheets) places.emplace_back(file, entry, sheet);
}

// What a Mac adds of its own, and hidden files.
bool is_hidden(const std::filesystem::path& entry) {
    return std::any_of(entry.begin(), entry.end(), [](const std::filesystem::path& part) {
        return part == "__MACOSX" || (part.string().starts_with('.') && part != "." && part != "..");
    });
}

[[noreturn]] void refuse_nested(const Archive& archive, const std::string& entry) {
    throw Error(Error::refused, "intake.nested_archive", {{"file", archive.file_name()}, {"entry", entry}});
}

void add_entry(const Archive& archive, const std::filesystem::path& file, const std::string& entry,
               std::vector<TablePlace>& places) {
    std::array<char, 4096> begin;
    const std::string_view head(begin.data(), Archive::Stream(archive, entry).read(begin.data(), begin.size()));
    for (const std::string_view packed : {"Rar!", "7z\xBC\xAF", "\x1F\x8B"})
        if (head.starts_with(packed)) refuse_nested(archive, entry);
    const Form form = form_of(head);
    if (form == Form::archive) {
        const Archive inner(archive.unpacked(entry));
        if (!inner.is_document()) refuse_nested(archive, entry);
        // A letter is an archive as well, but has no sheets.
        const std::string ending = folded(std::filesystem::path(entry).extension().string());
        if (inner.has("xl/workbook.xml") || ending.starts_with(".xls")) add_sheets(inner, file, entry, places);
        return;
    }
    const std::string ending = folded(std::filesystem::path(entry).extension().string());
    const bool known = std::find(table_endings.begin(), table_endings.end(), ending) != table_endings.end();
    if (known || form != Form::delimited || (ending == ".xml" && head.starts_with("<?xml")))
        places.emplace_back(file, entry, "");
}

}  // namespace

std::vector<TablePlace> tables_in(const std::filesystem::path& file) {
    File bytes(file);
    if (form_of(bytes) != Form::archive) return {file};
    const Archive archive(std::move(bytes));
    std::vector<TablePlace> places;
    if (archive.is_document()) {
        add_sheets(archive, file, "", places);
        return places;
    }
    const auto entries = archive.names();
    const auto check = [&file](std::size_t count) {
        if (count > most_entries)
            throw Error(
                Error::refused, "intake.too_many_entries",
                {{"file", file.string()}, {"entries", std::to_string(count)}, {"most", std::to_string(most_entries)}});
    };
    check(entries.size());
    if (archive.unpacked_size() > largest_archive)
        throw Error(Error::refused, "intake.archive_grows", {{"file", file.string()}});
    for (const auto& entry : entries) {
        if (!is_hidden(entry)) add_entry(archive, file, entry, places);
        check(places.size());
    }
    if (places.empty()) throw Error(Error::refused, "intake.no_sheet", {{"file", file.string()}});
    return places;
}

std::unique_ptr<TableReader> TableReader::open(const TablePlace& place, std::optional<Encoding> said) {
    auto reader = open_any(place, said);
    reader->name_ = (place.file.parent_path() / place.text()).string();
    reader->check_width();
    return reader;
}

void TableReader::refuse_columns(const std::string& file, std::int64_t line) {
    throw Error(Error::refused, "intake.too_many_columns",
                {{"file", file}, {"line", std::to_string(line)}, {"most", std::to_string(widest_table)}});
}

void TableReader::check_width() const {
    if (header_.size() > widest_table) refuse_columns(name_, line_);
}

std::unique_ptr<TableReader> TableReader::open_any(const TablePlace& place, std::optional<Encoding> said) {
    File file(place.file);
    Form form = form_of(file);
    if (form == Form::archive) {
        Archive archive(file);
        if (archive.is_document()) return std::make_unique<XlsxReader>(std::move(archive), place.sheet);
        if (place.entry.empty()) return open_any(tables_in(place.file).front(), said);
        file = archive.unpacked(place.entry);
        form = form_of(file);
    }
    switch (form) {
        case Form::archive: return std::make_unique<XlsxReader>(Archive(std::move(file)), place.sheet);
        case Form::json: return std::make_unique<JsonReader>(std::move(file), said);
        case Form::events: return std::make_unique<EventReader>(std::move(file), said);
        case Form::delimited: break;
    }
    return std::make_unique<CsvReader>(std::move(file), said);
}

bool TableReader::next_header() {
    const Found found = read();
    if (found == Found::end) return false;
    if (found == Found::record) {
        take_header();
        check_width();
    }
    return true;
}

void TableReader::join_header() {
    if (header_.size() < above_.size()) header_.resize(above_.size());
    for (std::size_t i = 0; i < above_.size(); ++i)
        if (strip(header_[i]).empty()) header_[i] = above_[i];
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
    above_ = std::exchange(row_, {cells_.begin(), cells_.end()});
    header_ = row_;
}

bool TableReader::is_blank() const {
    return std::all_of(cells_.begin(), cells_.end(), [](std::string_view cell) { return strip(cell).empty(); });
}

TableReader::Found TableReader::next() {
    if (const Found found = read(); found != Found::record) return found;
    const std::size_t wanted = header_.size();
    // Where other rows lack as much, it is the way of the source.
    if (unended_ && cells_.size() < std::min(wanted, fewest_cells_)) {
        fault_ = {"intake.cut_off", {{"cells", std::to_string(cells_.size())}, {"columns", std::to_string(wanted)}}};
        return Found::broken;
    }
    fewest_cells_ = std::min(fewest_cells_, cells_.size());
    if (cells_.size() < wanted) cells_.resize(wanted);
    while (cells_.size() > wanted && strip(cells_.back()).empty()) cells_.pop_back();
    if (cells_.size() == wanted) return Found::record;
    // A comma too many (1,234.50 without quotes) has moved all that follows into the wrong column.
    fault_ = {"intake.too_many_cells", {{"cells", std::to_string(cells_.size())}, {"columns", std::to_string(wanted)}}};
    return Found::broken;
}

}  // namespace siyu
