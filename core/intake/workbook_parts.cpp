// SPDX-License-Identifier: Apache-2.0
#include "core/intake/workbook_parts.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <map>

#include "core/intake/form.hpp"
#include "core/intake/sheet_number.hpp"

namespace siyu {

namespace {

// Formats that have a number and no text: 14 to 22 and 45 to 47 are dates and times, 27 to 36 and 50 to 58 are the East
// Asian dates, 9 and 10 are percentages.
Look look_of(int format) {
    if ((format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) ||
        (format >= 50 && format <= 58))
        return Look::date;
    return format == 9 || format == 10 ? Look::percent : Look::number;
}

// A small part of the workbook, read as a whole: what is opened, and the text in it.
class Part final : public XmlReader {
  public:
    using Opened = std::function<void(std::string_view, const Attributes&)>;
    using Attribute = Attributes;

    // A part that is not there has nothing in it.
    static void read(const Archive& archive, const std::string& entry, Opened opened) {
        if (!archive.has(entry)) return;
        Part part(archive, entry, std::move(opened));
        part.XmlReader::read();
    }

  private:
    Part(const Archive& archive, std::string_view entry, Opened opened)
        : XmlReader(archive, entry), opened_(std::move(opened)) {}
    void opened(std::string_view name, const Attributes& attributes) override { opened_(name, attributes); }
    void closed(std::string_view) override {}
    void text(std::string_view) override {}

    Opened opened_;
};

// The folder of `xl/workbook.xml` is `xl/`; a target in it is named from there, or from the top with a slash.
std::string resolve(std::string_view from, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    const std::size_t slash = from.rfind('/');
    return std::filesystem::path(std::string(from.substr(0, slash == std::string_view::npos ? 0 : slash + 1)) +
                                 std::string(target))
        .lexically_normal()
        .string();
}

std::string relations_of(std::string_view part) {
    const std::size_t slash = part.rfind('/') + 1;  // npos + 1 is 0
    return std::string(part.substr(0, slash)) + "_rels/" + std::string(part.substr(slash)) + ".rels";
}

// Stops at the first cell that has something in it.
class FirstCell final : public XmlReader {
  public:
    static bool in(const Archive& archive, const std::string& sheet) { return FirstCell(archive, sheet).read(); }

  private:
    using XmlReader::XmlReader;
    void opened(std::string_view name, const Attributes&) override {
        in_cell_ = name == "v" || name == "t" || name == "f";
    }
    void closed(std::string_view) override { in_cell_ = false; }
    void text(std::string_view) override {
        if (in_cell_) pause();
    }

    bool in_cell_ = false;
};

// Whether such bytes stand anywhere in a part: what stands behind all rows is looked for without reading them.
bool has_bytes(const Archive& archive, const std::string& entry, std::string_view wanted) {
    Archive::Stream stream(archive, entry);
    std::string piece(64 * 1024, '\0');
    std::size_t kept = 0;  // of the piece before, since they may stand on its border
    while (const std::size_t got = stream.read(piece.data() + kept, piece.size() - kept)) {
        const std::string_view text(piece.data(), kept + got);
        if (text.find(wanted) != std::string_view::npos) return true;
        kept = std::min(text.size(), wanted.size() - 1);
        std::copy(text.end() - static_cast<std::ptrdiff_t>(kept), text.end(), piece.begin());
    }
    return false;
}

// `A4` of `A4:B6`, and `B6`: the row, from 1; 0 for what is none.
std::int64_t row_of(std::string_view reference) {
    const std::size_t digits = std::min(reference.find_first_of("0123456789"), reference.size());
    const std::size_t row = whole_number(reference.substr(digits), 0);
    return row <= most_rows ? static_cast<std::int64_t>(row) : 0;
}

}  // namespace

std::size_t column_of(std::string_view reference, std::size_t otherwise) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
        if (column > most_columns) return most_columns;
    }
    return column == 0 ? otherwise : column - 1;
}

std::vector<Merge> merges_in(const Archive& workbook, const std::string& sheet) {
    std::vector<Merge> merges;
    if (!has_bytes(workbook, sheet, "mergeCell")) return merges;
    Part::read(workbook, sheet, [&](std::string_view tag, const Part::Attribute& with) {
        if (tag != "mergeCell") return;
        const std::string_view range = with.find("ref").value_or("");
        const std::size_t colon = std::min(range.find(':'), range.size());
        const Merge merge{row_of(range.substr(0, colon)), row_of(range.substr(std::min(colon + 1, range.size()))),
                          column_of(range, most_columns)};
        if (merge.first > 0 && merge.last > merge.first) merges.push_back(merge);
    });
    std::ranges::stable_sort(merges, {}, &Merge::first);
    return merges;
}

std::size_t whole_number(std::string_view text, std::size_t otherwise) {
    std::size_t value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    return wrong == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

void unescape(std::string& text, std::size_t from) {
    if (text.find("_x", from) == std::string::npos) return;
    std::size_t to = from;
    for (std::size_t at = from; at < text.size(); ++to) {
        unsigned code = 0;
        const char* const digits = text.data() + at + 2;
        const bool escape = text[at] == '_' && at + 6 < text.size() && text[at + 1] == 'x' && text[at + 6] == '_' &&
                            std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4 && code > 0 &&
                            (code < ' ' || code == '_');
        text[to] = escape ? static_cast<char>(code) : text[at];
        at += escape ? 7 : 1;
    }
    text.resize(to);
}

WorkbookParts::WorkbookParts(const Archive& workbook) {
    std::string book = "xl/workbook.xml";
    Part::read(workbook, "_rels/.rels", [&](std::string_view tag, const Part::Attribute& with) {
        if (tag == "Relationship" && with.find("Type").value_or("").ends_with("/officeDocument"))
            book = resolve("", with.find("Target").value_or(""));
    });
    Part::read(workbook, book, [&](std::string_view tag, const Part::Attribute& with) {
        if (tag == "sheet")
            (with.find("state").value_or("visible") == "visible" ? sheets : hidden)
                .push_back({std::string(with.find("name").value_or("")), std::string(with.find("id").value_or(""))});
        if (tag == "workbookPr") {
            const auto epoch = with.find("date1904").value_or("0");
            from_1904 = epoch == "1" || epoch == "true";
        }
    });
    std::map<std::string, std::string, std::less<>> worksheets;
    Part::read(workbook, relations_of(book), [&](std::string_view tag, const Part::Attribute& with) {
        if (tag != "Relationship") return;
        const auto type = with.find("Type").value_or("");
        const std::string target = resolve(book, with.find("Target").value_or(""));
        if (type.ends_with("/worksheet")) worksheets.emplace(with.find("Id").value_or(""), target);
        if (type.ends_with("/sharedStrings")) strings = target;
        if (type.ends_with("/styles")) styles = target;
    });
    for (auto* all : {&sheets, &hidden}) {
        for (Worksheet& sheet : *all) sheet.entry = worksheets[sheet.entry];
        // A chart has a sheet as well.
        std::erase_if(*all, [&](const Worksheet& sheet) { return !workbook.has(sheet.entry); });
    }
}

bool has_cells(const Archive& workbook, const std::string& sheet) { return FirstCell::in(workbook, sheet); }

std::vector<TablePlace> hidden_sheets(const TablePlace& place) {
    File file(place.file);
    if (!place.entry.empty()) file = Archive(std::move(file)).unpacked(place.entry);
    if (form_of(file) != Form::archive) return {};
    const Archive workbook(std::move(file));
    std::vector<TablePlace> found;
    for (const auto& sheet : WorkbookParts(workbook).hidden)
        if (has_cells(workbook, sheet.entry)) found.emplace_back(place.file, place.entry, sheet.name);
    return found;
}

std::vector<Look> looks_in(const Archive& workbook, const std::string& styles) {
    std::vector<Look> looks;
    std::map<int, Look> formats;
    bool in_cells = false;
    Part::read(workbook, styles, [&](std::string_view tag, const Part::Attribute& with) {
        const auto format = static_cast<int>(whole_number(with.find("numFmtId").value_or(""), 0) & 0xFFFFFF);
        if (tag == "numFmt") {
            const auto code = with.find("formatCode").value_or("");
            formats[format] = is_date_format(code)                       ? Look::date
                              : code.find('%') != std::string_view::npos ? Look::percent
                                                                         : Look::number;
        }
        if (tag == "cellXfs" || tag == "cellStyleXfs") in_cells = tag == "cellXfs";
        if (tag == "xf" && in_cells) looks.push_back(formats.contains(format) ? formats[format] : look_of(format));
    });
    return looks;
}

}  // namespace siyu
