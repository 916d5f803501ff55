// SPDX-License-Identifier: Apache-2.0
#include "core/intake/workbook_parts.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <map>

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

}  // namespace

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
    std::vector<std::string> relations;  // of the sheets
    Part::read(workbook, book, [&](std::string_view tag, const Part::Attribute& with) {
        if (tag == "sheet" && with.find("state").value_or("visible") == "visible") {
            sheets.push_back({std::string(with.find("name").value_or("")), ""});
            relations.emplace_back(with.find("id").value_or(""));
        }
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
    for (std::size_t i = 0; i < sheets.size(); ++i) sheets[i].entry = worksheets[relations[i]];
    // A chart has a sheet as well.
    std::erase_if(sheets, [&](const Worksheet& sheet) { return !workbook.has(sheet.entry); });
}

bool has_cells(const Archive& workbook, const std::string& sheet) { return FirstCell::in(workbook, sheet); }

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
