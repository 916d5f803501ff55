// SPDX-License-Identifier: Apache-2.0
#include "core/intake/json_walker.hpp"

#include <algorithm>

#include "core/intake/table.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr std::size_t piece = std::size_t{64} * 1024;
constexpr std::size_t shown = 4096;
constexpr std::size_t deepest = 64;
// The path to a value is looked up as a whole, however short the value is.
constexpr std::size_t longest_path = 4096;
// A string may have so many bytes more than its characters: each as \u0041.
constexpr std::uint64_t largest_token = 6 * largest_record;

}  // namespace

JsonText::JsonText(File file, std::uint64_t begin)
    : file_(std::move(file)), held_(piece), begin_(begin), line_begin_(begin) {
    file_.seek(begin);
}

bool JsonText::fill() {
    begin_ += end_;
    at_ = 0;
    end_ = file_.read(held_.data(), held_.size());
    return end_ > 0;
}

void JsonText::advance() {
    if (held_[at_++] != '\n') return;
    ++line_;
    line_begin_ = place();
}

void JsonText::skip_blanks() {
    while (!ended() && std::string_view(" \t\r\n").find(held_[at_]) != std::string_view::npos) advance();
}

void JsonText::skip_line() {
    to_line_end = true;
    while (!ended()) advance();
    to_line_end = false;
    if (!ended()) advance();
}

void JsonText::go(std::uint64_t place, std::int64_t line) {
    if (place >= begin_ && place <= begin_ + end_) {
        at_ = static_cast<std::size_t>(place - begin_);
    } else {
        begin_ = place;
        at_ = end_ = 0;
        file_.seek(place);
    }
    line_ = line;
    line_begin_ = place;
}

std::string JsonText::between(std::uint64_t begin, std::uint64_t end) const {
    File file = file_;
    file.seek(begin);
    std::string text(std::min<std::uint64_t>(end - begin, shown + 4), '\0');
    text.resize(file.read(text.data(), text.size()));
    return shortened(text, shown);
}

// What nlohmann reads from.
struct JsonWalker::Iterator {
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    JsonWalker* walker;

    char operator*() const { return walker->text_.peek(); }
    Iterator& operator++() {
        walker->text_.advance();
        return *this;
    }
    bool operator!=(const Iterator&) const { return !walker->at_end(); }
    bool operator==(const Iterator&) const { return walker->at_end(); }
};

bool JsonWalker::walk() {
    path_.clear();
    frames_.clear();
    fault_ = {};
    token_ = text_.place();
    nlohmann::json_sax<Json>* const sax = this;
    return Json::sax_parse(Iterator{this}, Iterator{this}, sax, Json::input_format_t::json, false) && fault_.id.empty();
}

bool JsonWalker::stop(Note why) {
    if (fault_.id.empty()) fault_ = std::move(why);
    return false;
}

bool JsonWalker::at_end() {
    // nlohmann holds a token as a whole.
    if (text_.place() - token_ > largest_token) stop_large();
    return !fault_.id.empty() || text_.ended();
}

bool JsonWalker::plain(std::string_view text) {
    token_ = text_.place();
    bool again = false;
    for (auto frame = frames_.rbegin(); frame != frames_.rend() && frame->array; ++frame)
        again = again || frame->values > 0;
    value(path_, text, again);
    if (!frames_.empty()) ++frames_.back().values;
    return fault_.id.empty();
}

bool JsonWalker::open(bool array) {
    token_ = text_.place();
    if (frames_.size() == deepest) return stop({"intake.json_too_deep", {{"most", std::to_string(deepest)}}});
    entered(array);
    if (!frames_.empty()) ++frames_.back().values;
    frames_.push_back({array, path_.size()});
    return fault_.id.empty();
}

bool JsonWalker::close() {
    token_ = text_.place();
    const Frame frame = frames_.back();
    frames_.pop_back();
    path_.resize(frame.path);
    left(frame);
    return fault_.id.empty();
}

bool JsonWalker::key(std::string& name) {
    token_ = text_.place();
    path_.resize(frames_.back().path);
    if (!path_.empty()) path_ += '.';
    path_ += name;
    return path_.size() <= longest_path || stop({"intake.json_long_name", {{"most", std::to_string(longest_path)}}});
}

bool JsonWalker::parse_error(std::size_t, const std::string&, const Json::exception&) {
    return stop({"intake.broken_json", {{"column", std::to_string(text_.column())}}});
}

}  // namespace siyu
