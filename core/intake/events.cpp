// SPDX-License-Identifier: Apache-2.0
#include "core/intake/events.hpp"

#include <expat.h>

#include <algorithm>
#include <new>
#include <unordered_map>

#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr std::string_view opening = "<xml>", closing = "</xml>", raw = "<![CDATA[", raw_end = "]]>";
constexpr std::string_view declaration = "<?xml", declaration_end = "?>";
constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t piece = std::size_t{64} * 1024;
constexpr std::size_t kept_of_oversized = 200;
constexpr std::size_t longest_declaration = 1024;
// What was measured in vain may be measured again from the next opening on, altogether so many times what was read.
constexpr std::uint64_t patience = 4;

}  // namespace

// The text of the file, cut into events.
class EventReader::Documents {
  public:
    Documents(const File& file, Script script) : text_(file, script) {}

    // Goes to the next event; false at the end of the file.
    bool next() {
        drop(size_);
        size_ = 0;
        seen_ = 1;
        whole_ = false;
        oversized_.clear();
        for (;;) {
            // What stands between two events is no matter: a time, a log's prefix.
            while (find("<", 0) == npos) {
                drop(text().size());
                if (!fill()) return false;
            }
            drop(find("<", 0));
            if (!begins(0, declaration)) break;
            want(longest_declaration);
            const std::size_t end = text().substr(0, longest_declaration).find(declaration_end);
            if (end == npos) break;
            drop(end + declaration_end.size());
        }
        if (begins(0, opening)) measure();
        if (!whole_) give_up();
        return true;
    }
    // The event is no good: only what stands before the next one is lost, even where that began inside of it; but a
    // text that pretends so again and again loses all that was measured.
    void give_up() {
        wasted_ += seen_;
        const bool again = wasted_ <= patience * (passed_ + largest_record);
        if (whole_) {
            if (again) size_ = std::min(find(opening, 1), size_);
            return;
        }
        std::size_t at = found(opening, again ? 1 : seen_);
        size_ = std::min(at, text().size());
        if (size_ <= largest_record) return;
        oversized_ = shortened(text().substr(0, 2 * kept_of_oversized), kept_of_oversized);
        for (; at == npos; at = find(opening, 0)) {
            drop(text().size() - std::min(text().size(), opening.size() - 1));
            if (!fill()) break;
        }
        size_ = std::min(at, text().size());
    }

    bool is_whole() const { return whole_; }
    bool is_oversized() const { return !oversized_.empty(); }
    std::string_view event() const { return oversized_.empty() ? text().substr(0, size_) : oversized_; }
    std::int64_t line() const { return line_; }
    std::uint64_t bytes_read() const { return text_.bytes_read() - std::min(text_.bytes_read(), text().size()); }
    std::uint64_t bytes_total() const { return text_.bytes_total(); }

  private:
    std::string_view text() const { return std::string_view(held_).substr(begin_); }
    std::size_t find(std::string_view what, std::size_t from) const { return text().find(what, from); }
    // As find(), with more of the file as long as it is no more than an event may have.
    std::size_t found(std::string_view what, std::size_t from) {
        for (;;) {
            if (const std::size_t at = find(what, from); at != npos) return at;
            from = std::max(from, text().size() - std::min(text().size(), what.size() - 1));
            if (text().size() > largest_record || !fill()) return npos;
        }
    }
    void want(std::size_t size) {
        while (text().size() < size)
            if (!fill()) break;
    }
    bool begins(std::size_t at, std::string_view with) {
        want(at + with.size());
        return text().substr(at).starts_with(with);
    }
    void measure() {
        for (std::size_t at = opening.size(); at != npos;) {
            seen_ = at;
            at = found("<", at);
            if (at == npos || at > largest_record || begins(at, opening)) return;
            if (begins(at, closing)) {
                seen_ = size_ = at + closing.size();
                whole_ = true;
                return;
            }
            at = begins(at, raw) ? end_of_raw(at) : at + 1;
        }
    }
    // What was searched for it before is not searched again.
    std::size_t end_of_raw(std::size_t at) {
        if (passed_ + at < bare_first_ || passed_ + at > bare_end_) bare_first_ = bare_end_ = passed_ + at;
        const std::size_t end = found(raw_end, bare_end_ - passed_);
        bare_end_ = passed_ + (end == npos ? text().size() - (raw_end.size() - 1) : end);
        return end;
    }
    bool fill() {
        if (ended_) return false;
        held_.erase(0, begin_);
        begin_ = 0;
        const std::size_t had = held_.size();
        held_.resize(had + piece);
        held_.resize(had + text_.read(held_.data() + had, piece));
        ended_ = held_.size() == had;
        return !ended_;
    }
    void drop(std::size_t bytes) {
        const auto from = held_.begin() + static_cast<std::ptrdiff_t>(begin_);
        line_ += std::count(from, from + static_cast<std::ptrdiff_t>(bytes), '\n');
        begin_ += bytes;
        passed_ += bytes;
    }

    TextStream text_;
    std::string held_;
    std::size_t begin_ = 0, size_ = 0, seen_ = 1;  // seen_: how much of the event was measured
    std::uint64_t passed_ = 0, wasted_ = 0;        // bytes before begin_; bytes that were measured in vain
    std::uint64_t bare_first_ = 0, bare_end_ = 0;  // between them no CDATA ends
    std::int64_t line_ = 1;
    bool whole_ = false, ended_ = false;
    std::string oversized_;
};

struct EventReader::Event {
    XML_Parser parser = ::XML_ParserCreate("UTF-8");
    std::vector<std::pair<std::string, std::string>> elements;  // name, text; in their order
    bool encrypted = false;
    std::unordered_map<std::string, std::size_t> columns;  // of the header

    Event() {
        if (!parser) throw std::bad_alloc();
    }
    ~Event() { ::XML_ParserFree(parser); }
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    // False where it is no XML.
    bool parse(std::string_view xml) {
        elements.clear();
        places_.clear();
        encrypted = false;
        depth_ = 0;
        ::XML_ParserReset(parser, "UTF-8");
        ::XML_SetUserData(parser, this);
        ::XML_SetElementHandler(
            parser, [](void* to, const XML_Char* name, const XML_Char**) { static_cast<Event*>(to)->opened(name); },
            [](void* to, const XML_Char*) { static_cast<Event*>(to)->closed(); });
        ::XML_SetCharacterDataHandler(parser, [](void* to, const XML_Char* text, int size) {
            static_cast<Event*>(to)->text_.append(text, static_cast<std::size_t>(size));
        });
        return ::XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), XML_TRUE) == XML_STATUS_OK;
    }

  private:
    void opened(std::string_view name) {
        text_.clear();
        leaf_ = true;
        if (++depth_ != 2) return;
        encrypted = encrypted || name == "Encrypt";
        const auto [place, added] = places_.emplace(name, elements.size());
        if (added) elements.emplace_back(name, "");
        element_ = place->second;
        empty_ = added;
    }
    void closed() {
        if (leaf_ && depth_ > 1) {
            std::string& all = elements[element_].second;
            if (!empty_) all += ',';
            all += strip(text_);
            empty_ = false;
        }
        leaf_ = false;
        --depth_;
    }

    std::unordered_map<std::string, std::size_t> places_;
    std::string text_;
    std::size_t element_ = 0;
    int depth_ = 0;
    bool leaf_ = false, empty_ = true;
};

EventReader::EventReader(File file, std::optional<Encoding> said) : event_(std::make_unique<Event>()) {
    const Script script = find_script(file, said);
    documents_ = std::make_unique<Documents>(file, script);
    Note first;
    std::int64_t first_line = 1;
    std::size_t size = 0;
    for (;;) {
        const Found found = read();
        if (found == Found::end) break;
        if (found == Found::broken && first.id.empty()) {
            first = fault_;
            first_line = line_;
        }
        if (found == Found::broken) continue;
        for (const auto& [name, text] : event_->elements)
            if (event_->columns.emplace(name, header_.size()).second) {
                header_.push_back(name);
                size += name.size() + 1;
            }
        if (header_.size() > widest_table || size > largest_record) refuse_columns(file.name(), line_);
    }
    if (header_.empty()) {
        if (first.id.empty()) throw Error(Error::refused, "intake.empty_file", {{"file", file.name()}});
        Error error(Error::refused, "intake.no_document", {{"file", file.name()}, {"why", sentence(first.id)}});
        error.at("line", std::to_string(first_line));
        for (const auto& [name, value] : first.with) error.at(name, value);
        throw error;
    }
    documents_ = std::make_unique<Documents>(file, script);
}

EventReader::~EventReader() = default;

std::uint64_t EventReader::bytes_read() const { return documents_->bytes_read(); }
std::uint64_t EventReader::bytes_total() const { return documents_->bytes_total(); }

TableReader::Found EventReader::read() {
    for (;;) {
        if (!documents_->next()) return Found::end;
        line_ = documents_->line();
        cells_.assign(header_.size(), {});
        broken_ = !documents_->is_whole() || !event_->parse(documents_->event());
        if (broken_) {
            if (documents_->is_whole()) documents_->give_up();
            fault_ = documents_->is_oversized() ? Note{"intake.record_too_large", {{"limit", "1 MiB"}}}
                                                : Note{"intake.broken_event", {}};
            return Found::broken;
        }
        if (event_->encrypted) {
            broken_ = true;
            fault_ = {"intake.encrypted_event", {}};
            return Found::broken;
        }
        for (const auto& [name, text] : event_->elements)
            if (const auto column = event_->columns.find(name); column != event_->columns.end())
                cells_[column->second] = text;
        if (!event_->elements.empty() && (cells_.empty() || !is_blank())) return Found::record;
    }
}

std::string EventReader::record() const {
    if (!broken_) return TableReader::record();
    std::string text;
    add_csv_cell(text, documents_->event());
    return text;
}

}  // namespace siyu
