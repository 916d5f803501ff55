// SPDX-License-Identifier: Apache-2.0
#include "core/intake/xlsx.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>

#include "core/intake/sheet_number.hpp"
#include "core/intake/utf8.hpp"
#include "core/intake/xml.hpp"

namespace siyu {

namespace {

constexpr std::size_t most_columns = 16384;  // XFD, the last one that a spreadsheet has

enum class Look : std::uint8_t { number, date, percent };

// Formats that have a number and no text: 14 to 22 and 45 to 47 are dates and times, 27 to 36 and 50 to 58 are the East
// Asian dates, 9 and 10 are percentages.
Look look_of(int format) {
    if ((format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) ||
        (format >= 50 && format <= 58))
        return Look::date;
    return format == 9 || format == 10 ? Look::percent : Look::number;
}

std::size_t to_size(std::string_view text, std::size_t otherwise) {
    std::size_t value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    return wrong == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

// The column of `BC12`, from 0.
std::size_t column_of(std::string_view reference, std::size_t otherwise) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
        if (column > most_columns) return most_columns;
    }
    return column == 0 ? otherwise : column - 1;
}

// A small part of the workbook, read as a whole: what is opened, and the text in it.
class Part final : public XmlReader {
  public:
    using Opened = std::function<void(std::string_view, const Attributes&)>;
    using Attribute = Attributes;

    Part(const Archive& archive, std::string_view entry, const std::filesystem::path& path, Opened opened)
        : XmlReader(archive, entry, path), opened_(std::move(opened)) {
        read();
    }

  private:
    void opened(std::string_view name, const Attributes& attributes) override { opened_(name, attributes); }
    void closed(std::string_view) override {}
    void text(std::string_view) override {}

    Opened opened_;
};

// All shared strings in one text.
class SharedStrings final : public XmlReader {
  public:
    SharedStrings(const Archive& archive, std::string_view entry, const std::filesystem::path& path)
        : XmlReader(archive, entry, path) {
        read();
    }
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
        if (name == "si") begins_.push_back(all_.size());
    }
    void text(std::string_view text) override {
        if (in_text_) all_ += text;
    }

    std::string all_;
    std::vector<std::size_t> begins_{0};
    bool in_text_ = false, in_reading_ = false;
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

}  // namespace

struct XlsxReader::Workbook {
    Archive archive;
    std::string name, sheet;
    std::unique_ptr<SharedStrings> strings;
    std::vector<Look> looks;  // of the cell styles
    bool from_1904 = false;

    explicit Workbook(const std::filesystem::path& path) : archive(path) {
        const auto part = [&](const std::string& entry, Part::Opened opened) {
            if (archive.has(entry)) Part(archive, entry, path, std::move(opened));
        };
        name = "xl/workbook.xml";
        part("_rels/.rels", [this](std::string_view tag, const Part::Attribute& with) {
            if (tag == "Relationship" && with.find("Type").value_or("").ends_with("/officeDocument"))
                name = resolve("", with.find("Target").value_or(""));
        });
        std::string wanted;
        part(name, [&](std::string_view tag, const Part::Attribute& with) {
            if (tag == "sheet" && wanted.empty()) wanted = with.find("id").value_or("");
            if (tag == "workbookPr") {
                const auto epoch = with.find("date1904").value_or("0");
                from_1904 = epoch == "1" || epoch == "true";
            }
        });
        std::string shared, styles;
        part(relations_of(name), [&](std::string_view tag, const Part::Attribute& with) {
            if (tag != "Relationship") return;
            const auto type = with.find("Type").value_or("");
            const std::string target = resolve(name, with.find("Target").value_or(""));
            if (with.find("Id") == wanted && type.ends_with("/worksheet")) sheet = target;
            if (type.ends_with("/sharedStrings")) shared = target;
            if (type.ends_with("/styles")) styles = target;
        });
        if (sheet.empty() || !archive.has(sheet))
            throw Error(Error::refused, "intake.no_sheet", {{"file", path.string()}});
        if (archive.has(shared)) strings = std::make_unique<SharedStrings>(archive, shared, path);
        std::map<int, Look> formats;
        bool in_cells = false;
        part(styles, [&](std::string_view tag, const Part::Attribute& with) {
            const auto format = static_cast<int>(to_size(with.find("numFmtId").value_or(""), 0) & 0xFFFFFF);
            if (tag == "numFmt") {
                const auto code = with.find("formatCode").value_or("");
                formats[format] = is_date_format(code)                       ? Look::date
                                  : code.find('%') != std::string_view::npos ? Look::percent
                                                                             : Look::number;
            }
            if (tag == "cellXfs" || tag == "cellStyleXfs") in_cells = tag == "cellXfs";
            if (tag == "xf" && in_cells) looks.push_back(formats.contains(format) ? formats[format] : look_of(format));
        });
    }
};

// The rows of the sheet, one at a time.
struct XlsxReader::Sheet final : XmlReader {
    struct Place {
        std::size_t begin, size;
    };

    Sheet(const Workbook& workbook, const std::filesystem::path& path)
        : XmlReader(workbook.archive, workbook.sheet, path), book(workbook) {}

    const Workbook& book;
    std::string all;            // the texts of the row's cells, one behind the other
    std::vector<Place> places;  // by column
    std::int64_t row = 0;
    bool too_large = false;

    void opened(std::string_view name, const Attributes& with) override {
        if (name == "row") {
            row = static_cast<std::int64_t>(to_size(with.find("r").value_or(""), static_cast<std::size_t>(row) + 1));
            all.clear();
            places.clear();
            too_large = false;
        } else if (name == "c") {
            column_ = column_of(with.find("r").value_or(""), places.size());
            type_ = with.find("t").value_or("n");
            const std::size_t style = to_size(with.find("s").value_or(""), book.looks.size());
            look_ = style < book.looks.size() ? book.looks[style] : Look::number;
            value_.clear();
        }
        in_value_ = name == "v" || (name == "t" && !in_reading_);
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
        if (name == "row") pause();
    }

  private:
    void put() {
        if (column_ >= most_columns) return;
        std::string made;
        std::string_view text = value_;
        if (type_ == "s") {
            text = book.strings ? book.strings->at(to_size(value_, SIZE_MAX - 1)) : std::string_view{};
        } else if (type_ == "b") {
            text = value_ == "1" ? "TRUE" : "FALSE";
        } else if (type_ == "n") {
            made = look_ == Look::date ? serial_text(number(), book.from_1904) : plain_number(value_);
            if (made.empty()) made = value_;
            if (look_ == Look::percent && made.find('E') == std::string::npos) made = percent_text(made);
            text = made;
        }
        if (all.size() + text.size() > largest_record) {
            too_large = true;
            return;
        }
        if (places.size() <= column_) places.resize(column_ + 1, {0, 0});
        places[column_] = {all.size(), text.size()};
        all += text;
    }

    double number() const {
        double value = -1;
        const auto [end, wrong] = std::from_chars(value_.data(), value_.data() + value_.size(), value);
        return wrong == std::errc{} && end == value_.data() + value_.size() ? value : -1;
    }

    std::size_t column_ = 0;
    std::string type_, value_;
    Look look_ = Look::number;
    bool in_value_ = false, in_reading_ = false;
};

XlsxReader::XlsxReader(const std::filesystem::path& path)
    : workbook_(std::make_unique<Workbook>(path)), sheet_(std::make_unique<Sheet>(*workbook_, path)) {
    const Found found = read();
    if (found == Found::end) throw Error(Error::refused, "intake.empty_file", {{"file", path.string()}});
    if (found == Found::broken)
        throw Error(Error::refused, "intake.broken_header", {{"file", path.string()}, {"line", std::to_string(line_)}});
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
        if (!is_blank()) return Found::record;
    }
    return Found::end;
}

}  // namespace siyu
