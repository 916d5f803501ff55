// SPDX-License-Identifier: Apache-2.0
#include "core/intake/json.hpp"

#include <algorithm>

#include "core/intake/json_document.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

// The file as UTF-8, and where its text begins.
std::pair<File, std::uint64_t> as_utf8(File file, std::optional<Encoding> said) {
    const Script script = find_script(file, said);
    if (script.encoding == Encoding::utf8) return {std::move(file), script.mark};
    TextStream text(file, script);
    File converted = File::temporary(file.name());
    std::vector<char> bytes(std::size_t{64} * 1024);
    while (const std::size_t got = text.read(bytes.data(), bytes.size())) converted.write({bytes.data(), got});
    return {std::move(converted), 0};
}

// Whether the first line that has anything in it closes all that it opens.
bool is_one_a_line(JsonText text, const std::string& name) {
    if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) return true;
    text.skip_blanks();
    text.to_line_end = true;
    int depth = 0;
    bool quoted = false;
    for (; !text.ended(); text.advance()) {
        const char c = text.peek();
        if (quoted && c == '\\') {
            text.advance();
            if (text.ended()) break;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted) {
            depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        }
    }
    return depth == 0;
}

}  // namespace

struct JsonReader::Parts {
    std::string file;
    std::uint64_t begin;
    JsonText text;
    JsonDocument document{text};
    JsonRow row{text};

    explicit Parts(std::pair<File, std::uint64_t> from)
        : file(from.first.name()), begin(from.second), text(std::move(from.first), from.second) {}

    [[noreturn]] void refuse(const Note& why, std::int64_t line) const {
        Error error(Error::refused, "intake.no_document",
                    {{"file", file}, {"line", std::to_string(line)}, {"why", sentence(why.id)}});
        for (const auto& [name, value] : why.with) error.at(name, value);
        throw error;
    }
};

JsonReader::JsonReader(File file, std::optional<Encoding> said)
    : parts_(std::make_unique<Parts>(as_utf8(std::move(file), said))) {
    Parts& p = *parts_;
    lines_ = is_one_a_line(p.text, p.file);
    Note first;
    std::int64_t first_line = 1;
    for (Found found = next_document(); found != Found::end; found = next_document()) {
        if (found == Found::broken && first.id.empty()) {
            first = fault_;
            first_line = line_;
        }
        if (found == Found::broken) continue;
        for (const auto& name : p.document.columns.names()) p.row.columns.add(name);
        const auto &own = p.row.columns, &around = p.document.around;
        if (own.names().size() + around.names().size() > widest_table || own.bytes() + around.bytes() > largest_record)
            refuse_columns(p.file, p.document.line);
    }
    if (p.row.columns.names().empty()) {
        if (!first.id.empty()) p.refuse(first, first_line);
        throw Error(Error::refused, "intake.no_rows", {{"file", p.file}});
    }
    header_ = p.row.columns.names();
    const auto& around = p.document.around.names();
    header_.insert(header_.end(), around.begin(), around.end());
    p.text.go(p.begin, 1);
    inside_ = false;
}

JsonReader::~JsonReader() = default;

std::uint64_t JsonReader::bytes_read() const { return parts_->text.place(); }
std::uint64_t JsonReader::bytes_total() const { return parts_->text.size(); }
std::string JsonReader::record() const {
    if (broken_.empty()) return TableReader::record();
    std::string text;
    add_csv_cell(text, broken_);
    return text;
}

void JsonReader::set_broken(const Note& why, std::uint64_t begin, std::uint64_t end) {
    fault_ = why;
    broken_ = parts_->text.between(begin, end);
}

// The next document, looked through; the text stands behind it.
TableReader::Found JsonReader::next_document() {
    Parts& p = *parts_;
    p.text.to_line_end = false;
    p.text.skip_blanks();
    if (p.text.ended()) return Found::end;
    line_ = p.text.line();
    const std::uint64_t begin = p.text.place();
    p.text.to_line_end = lines_;
    bool good = p.document.take();
    Note why = p.document.fault();
    if (good && lines_) {
        p.text.skip_blanks();
        good = p.text.ended();
        if (!good) why = {"intake.broken_json", {{"column", std::to_string(p.text.column())}}};
    }
    if (good) return Found::record;
    if (!lines_) p.refuse(why, p.text.line());
    p.text.skip_line();
    set_broken(why, begin, p.text.place());
    while (broken_.ends_with('\n') || broken_.ends_with('\r')) broken_.pop_back();
    return Found::broken;
}

// The row that the text stands before.
TableReader::Found JsonReader::next_row() {
    Parts& p = *parts_;
    line_ = p.text.line();
    const std::uint64_t begin = p.text.place();
    if (!p.row.take()) p.refuse(p.row.fault(), p.text.line());  // it was good a moment ago
    if (!p.row.wrong.id.empty()) {
        set_broken(p.row.wrong, begin, p.text.place());
        return Found::broken;
    }
    cells_.clear();
    const std::size_t own = p.row.columns.names().size();
    for (std::size_t i = 0; i < header_.size(); ++i)
        cells_.push_back(i < own ? p.row.cells.at(i) : inside_ ? p.document.cells.at(i - own) : std::string_view{});
    return Found::record;
}

TableReader::Found JsonReader::read() {
    Parts& p = *parts_;
    for (;;) {
        broken_.clear();
        p.text.to_line_end = false;
        Found found = Found::end;
        if (inside_) {
            p.text.skip_blanks();
            if (p.text.peek() == ',') p.text.advance();
            p.text.skip_blanks();
            if (p.text.peek() != '{') {
                inside_ = false;
                p.text.go(p.document.end, p.document.end_line);
                continue;
            }
            found = next_row();
        } else {
            found = next_document();
            if (found != Found::record) return found;
            if (p.document.is_empty) continue;
            inside_ = p.document.has_array;
            p.text.to_line_end = false;
            p.text.go(inside_ ? p.document.rows : p.document.begin, inside_ ? p.document.rows_line : p.document.line);
            if (inside_) continue;
            found = next_row();
            p.text.go(p.document.end, p.document.end_line);
        }
        if (found == Found::broken || !is_blank()) return found;
    }
}

}  // namespace siyu
