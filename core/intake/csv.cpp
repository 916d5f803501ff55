// SPDX-License-Identifier: Apache-2.0
#include "core/intake/csv.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr std::size_t first_buffer = std::size_t{256} * 1024;
// One byte more than the largest record, so that its end is seen.
constexpr std::size_t largest_buffer = largest_record + 2;
constexpr std::size_t kept_of_oversized = 200;
// So that a small file is read, and its end seen, without asking for a larger buffer.
constexpr std::size_t room_behind = 32;

TextStream stream(File file, std::optional<Encoding> said) {
    const Script script = find_script(file, said);
    return {std::move(file), script};
}

}  // namespace

CsvReader::CsvReader(File file, std::optional<Encoding> said)
    : name_(file.name()),
      text_(stream(std::move(file), said)),
      buffer_(std::min<std::uint64_t>(first_buffer, text_.bytes_total() + room_behind)) {
    fill();
    const std::size_t plain = first_plain_line();
    learn_signs(plain);
    skip_remarks(plain);
    // A header is the first record that is not blank.
    const Found found = read();
    if (found == Found::end) throw Error(Error::refused, "intake.empty_file", {{"file", name_}});
    if (found == Found::broken)
        throw Error(Error::refused, "intake.broken_header", {{"file", name_}, {"line", std::to_string(line_)}});
    take_header();
}

// The first line that does not begin with a #; where all do, the first.
std::size_t CsvReader::first_plain_line() const {
    constexpr std::string_view ends = "\r\n";
    const std::string_view text(buffer_.data(), end_);
    for (std::size_t at = begin_; at < end_; at = std::min(text.find_first_of(ends, at), end_ - 1) + 1)
        if (text[at] != '#' && ends.find(text[at]) == ends.npos) return at;
    return begin_;
}

// Which line end and which delimiter: what stands outside of quotes in the first lines.
void CsvReader::learn_signs(std::size_t from) {
    constexpr std::array<char, 3> candidates{',', ';', '\t'};
    std::array<int, 3> seen{};
    bool quoted = false, line_end_known = false;
    int lines = 0;
    for (std::size_t i = from; i < end_ && lines < 5; ++i) {
        const char c = buffer_[i];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        for (std::size_t n = 0; n < candidates.size(); ++n) seen[n] += c == candidates[n];
        if (c != '\n' && c != '\r') continue;
        if (!line_end_known && c == '\r' && (i + 1 == end_ || buffer_[i + 1] != '\n')) line_end_ = '\r';
        line_end_known = true;
        ++lines;
        if (seen != std::array<int, 3>{}) break;
    }
    comma_ = candidates[static_cast<std::size_t>(std::max_element(seen.begin(), seen.end()) - seen.begin())];
}

// Passes over the remarks above the header, which has more cells than they have; it may itself begin with a #.
void CsvReader::skip_remarks(std::size_t plain) {
    const auto cells = [this](std::size_t from) {
        return 1 + std::count(buffer_.data() + from, buffer_.data() + find(line_end_, from), comma_);
    };
    while (begin_ < plain && 2 * cells(begin_) <= cells(plain)) {
        begin_ = std::min(find(line_end_, begin_) + 1, plain);
        ++next_line_;
    }
    quote_ = find('"', begin_);
}

// More text behind what is there; false where there is no more or no room for it.
bool CsvReader::fill() {
    if (ended_) return false;
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == buffer_.size()) {
        if (buffer_.size() >= largest_buffer) return false;
        buffer_.resize(std::min(2 * buffer_.size(), largest_buffer));
    }
    // The converter wants room for a character.
    if (buffer_.size() - end_ < 16) buffer_.resize(end_ + 16);
    const std::size_t got = text_.read(buffer_.data() + end_, buffer_.size() - end_);
    end_ += got;
    ended_ = got == 0;
    quote_ = find('"', begin_);
    return !ended_;
}

// The place of the next such sign in the buffer, end_ if there is none.
std::size_t CsvReader::find(char sign, std::size_t from) const {
    if (from >= end_) return end_;
    const void* const found = std::memchr(buffer_.data() + from, sign, end_ - from);
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data()) : end_;
}

std::string CsvReader::record() const { return broken_.empty() ? TableReader::record() : std::string(broken_); }

TableReader::Found CsvReader::read() {
    broken_ = {};
    for (;;) {
        line_ = next_line_;
        if (begin_ == end_ && !fill()) return Found::end;
        std::size_t end = find(line_end_, begin_);
        if (end == end_ && !ended_) {
            if (fill()) continue;
            if (!ended_) return skip_oversized();
            end = end_;
        }
        const bool marked = end > begin_ && buffer_[begin_] == '#';
        if (quote_ >= end) {
            if (end - begin_ > largest_record) return skip_oversized();
            split_plain(end);
            consume(end);
        } else {
            const Shape shape = measure(end);
            if (shape == Shape::stray) return recover();
            if (shape == Shape::cut) {
                if (fill()) continue;
                if (!ended_) return skip_oversized();
                // The text ended while the buffer was asked for more: look once more, now knowing that.
                if (measure(end) == Shape::cut)
                    throw Error(Error::refused, "intake.unclosed_quote",
                                {{"file", name_}, {"line", std::to_string(line_)}});
                continue;
            }
            if (end - begin_ > largest_record) return skip_oversized();
            next_line_ += std::count(buffer_.data() + begin_, buffer_.data() + end, line_end_);
            split_quoted(end);
            consume(end);
        }
        // A remark among the rows: a row that only lacks cells at its end lacks fewer.
        if (marked && 2 * cells_.size() <= header_.size()) continue;
        if ((!cells_[0].empty() && cells_[0][0] > ' ') || !is_blank()) return Found::record;
    }
}

// The record ends at `end`; its line end goes with it.
void CsvReader::consume(std::size_t end) {
    unended_ = end == end_;
    begin_ = std::min(end + 1, end_);
    ++next_line_;
    if (quote_ < begin_) quote_ = find('"', begin_);
}

void CsvReader::split_plain(std::size_t end) {
    cells_.clear();
    if (line_end_ == '\n' && end > begin_ && buffer_[end - 1] == '\r') --end;
    const char* at = buffer_.data() + begin_;
    const char* const last = buffer_.data() + end;
    for (;;) {
        const auto* comma = static_cast<const char*>(std::memchr(at, comma_, static_cast<std::size_t>(last - at)));
        if (!comma) break;
        cells_.emplace_back(at, static_cast<std::size_t>(comma - at));
        at = comma + 1;
    }
    cells_.emplace_back(at, static_cast<std::size_t>(last - at));
}

// Finds the end of a record with quotes without touching it.
CsvReader::Shape CsvReader::measure(std::size_t& end) const {
    std::size_t at = begin_;
    for (;;) {
        if (at < end_ && buffer_[at] == '"') {
            for (++at;; at += 2) {
                at = find('"', at);
                if (at == end_) return Shape::cut;
                if (at + 1 == end_ && !ended_) return Shape::cut;
                if (at + 1 == end_ || buffer_[at + 1] != '"') break;
            }
            ++at;
            while (at < end_ && (buffer_[at] == ' ' || (buffer_[at] == '\t' && comma_ != '\t'))) ++at;
            if (at < end_ && buffer_[at] == '\r' && line_end_ == '\n') {
                if (at + 1 == end_ && !ended_) return Shape::cut;
                if (at + 1 == end_ || buffer_[at + 1] == '\n') ++at;
            }
        } else {
            while (at < end_ && buffer_[at] != comma_ && buffer_[at] != line_end_) ++at;
        }
        if (at == end_ && !ended_) return Shape::cut;
        if (at == end_ || buffer_[at] == line_end_) break;
        if (buffer_[at] != comma_) return Shape::stray;
        ++at;
    }
    end = at;
    return Shape::whole;
}

// Cuts a record that measure() has found good; doubled quotes are made one in place.
void CsvReader::split_quoted(std::size_t end) {
    cells_.clear();
    char* at = buffer_.data() + begin_;
    char* const last = buffer_.data() + end;
    for (;;) {
        const char* cell = at;
        std::size_t size = 0;
        if (at != last && *at == '"') {
            char* to = ++at;
            cell = to;
            for (;; ++at) {
                if (*at == '"') {
                    if (at + 1 == last || at[1] != '"') break;
                    ++at;
                }
                *to++ = *at;
            }
            size = static_cast<std::size_t>(to - cell);
            while (at != last && *at != comma_) ++at;
        } else {
            while (at != last && *at != comma_) ++at;
            size = static_cast<std::size_t>(at - cell);
            if (at == last && line_end_ == '\n' && size > 0 && cell[size - 1] == '\r') --size;
        }
        cells_.emplace_back(cell, size);
        if (at == last) return;
        ++at;
    }
}

// Text behind a closing quote: most often a quote that was never closed and met the next one. Only the line where the
// record begins is lost; reading goes on behind it.
TableReader::Found CsvReader::recover() {
    const std::size_t end = find(line_end_, begin_);
    broken_ = {buffer_.data() + begin_, end - begin_};
    if (broken_.ends_with('\r')) broken_.remove_suffix(1);
    fault_ = {"intake.stray_quote", {}};
    consume(end);
    return Found::broken;
}

// Passes over a record that is too large to hold, keeping its beginning.
TableReader::Found CsvReader::skip_oversized() {
    cells_.assign(1, {});
    enum { cell_begin, plain, quoted, closing } state = cell_begin;
    oversized_ = shortened({buffer_.data() + begin_, end_ - begin_}, kept_of_oversized);
    for (bool more = true; more;) {
        while (begin_ < end_) {
            const char c = buffer_[begin_++];
            if (c == line_end_) ++next_line_;
            if (state == quoted) {
                if (c == '"') state = closing;
            } else if (c == line_end_) {
                more = false;
                break;
            } else if (c == '"' && state != plain) {
                state = quoted;
            } else {
                state = c == comma_ ? cell_begin : plain;
            }
        }
        if (!more || !fill()) break;
    }
    if (state == quoted)
        throw Error(Error::refused, "intake.unclosed_quote", {{"file", name_}, {"line", std::to_string(line_)}});
    quote_ = find('"', begin_);
    fault_ = {"intake.record_too_large", {{"limit", "1 MiB"}}};
    broken_ = oversized_;
    return Found::broken;
}

}  // namespace siyu
