// SPDX-License-Identifier: Apache-2.0
#include "core/intake/json_document.hpp"

#include <algorithm>

#include "core/intake/table.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr std::size_t none = JsonColumns::none;

Note twice(std::string_view path) { return {"intake.json_twice", {{"name", shortened(path)}}}; }
Note nul(std::string_view path) { return {"intake.nul", {{"name", shortened(path)}}}; }

}  // namespace

std::size_t JsonColumns::add(std::string_view name) {
    const auto [place, added] = places_.emplace(name, names_.size());
    if (added) {
        names_.emplace_back(name);
        bytes_ += name.size() + 1;
    }
    return place->second;
}

std::size_t JsonColumns::find(std::string_view name) const {
    const auto place = places_.find(std::string(name));
    return place == places_.end() ? none : place->second;
}

void JsonCells::clear() {
    all_.clear();
    places_.clear();
}

bool JsonCells::put(std::size_t column, std::string_view text, bool again) {
    if (places_.size() <= column) places_.resize(column + 1);
    Place& place = places_[column];
    // The values of an array follow each other.
    if (place.taken && (!again || place.begin + place.size != all_.size())) return false;
    if (place.taken) all_ += ',';
    if (!place.taken) place = {all_.size(), 0, true};
    all_ += text;
    place.size = all_.size() - place.begin;
    return true;
}

std::string_view JsonCells::at(std::size_t column) const {
    if (column >= places_.size()) return {};
    return std::string_view(all_).substr(places_[column].begin, places_[column].size);
}

bool JsonRow::take() {
    cells.clear();
    wrong = {};
    hidden_ = 0;
    return walk();
}

// An object in an array, and all in it, is no part of the row.
void JsonRow::entered(bool array) {
    if (hidden_ == 0 && !array && !frames_.empty() && frames_.back().array) hidden_ = frames_.size() + 1;
}

void JsonRow::left(const Frame&) {
    if (hidden_ > frames_.size()) hidden_ = 0;
}

void JsonRow::value(std::string_view path, std::string_view text, bool again) {
    if (hidden_ > 0 || !wrong.id.empty()) return;
    const std::size_t column = columns.find(path);
    if (column == none) return;
    if (cells.bytes() + text.size() > largest_record)
        wrong = {"intake.record_too_large", {{"limit", "1 MiB"}}};
    else if (text.find('\0') != std::string_view::npos)
        wrong = nul(path);
    else if (!cells.put(column, text, again))
        wrong = twice(path);
}

bool JsonDocument::take() {
    // The only document of a file is looked at twice.
    if (line == text_.line() && begin == text_.place()) {
        text_.go(end, end_line);
        return good_;
    }
    begin = text_.place();
    line = text_.line();
    values_.clear();
    columns_ = {};
    columns = {};
    best_ = none;
    hidden_ = row_ = 0;
    inside_ = has_empty_ = false;
    good_ = walk() && conclude();
    end = text_.place();
    end_line = text_.line();
    return good_;
}

void JsonDocument::entered(bool array) {
    const std::size_t depth = frames_.size();
    const bool in_array = depth > 0 && frames_.back().array;
    if (depth == 0) root_is_array_ = array;
    if (hidden_ > 0) return;
    if (row_ > 0) {
        if (!array && in_array) hidden_ = depth + 1;
    } else if (inside_) {
        row_ = depth + 1;
        if (array) stop({"intake.json_mixed", {}});
    } else if (array) {
        place_ = text_.place();
        place_line_ = text_.line();
    } else if (in_array) {
        const auto around_it = frames_.end() - 1;
        const bool outermost = std::none_of(frames_.begin(), around_it, [](const Frame& f) { return f.array; });
        if (outermost && frames_.back().values == 0 && depth < best_) {
            best_ = depth;
            rows = place_;
            rows_line = place_line_;
            row_path_ = path_.empty() ? 0 : path_.size() + 1;
            columns = {};
            row_ = depth + 1;
            inside_ = true;
        } else {
            hidden_ = depth + 1;
        }
    }
}

void JsonDocument::left(const Frame& frame) {
    const std::size_t depth = frames_.size();
    if (hidden_ > depth) hidden_ = 0;
    if (row_ > depth) row_ = 0;
    if (depth < best_) inside_ = false;
    if (frame.array && frame.values == 0) has_empty_ = true;
}

void JsonDocument::value(std::string_view path, std::string_view text, bool again) {
    if (hidden_ > 0) return;
    if (row_ > 0) {
        columns.add(path.substr(std::min(row_path_, path.size())));
        if (columns.bytes() > largest_record) stop_large();
    } else if (inside_) {
        stop({"intake.json_mixed", {}});
    } else if (values_.bytes() + text.size() + columns_.bytes() > largest_record) {
        stop_large();
    } else if (text.find('\0') != std::string_view::npos) {
        stop(nul(path));
    } else if (!values_.put(columns_.add(path), text, again)) {
        stop(twice(path));
    }
}

// What the document is as a whole.
bool JsonDocument::conclude() {
    has_array = best_ != none;
    const std::string_view code = values_.at(columns_.find("errcode")), text = values_.at(columns_.find("errmsg"));
    if (!has_array && !code.empty() && code != "0")
        return stop({"intake.error_answer", {{"errcode", shortened(code)}, {"errmsg", shortened(text, 200)}}});
    is_empty = !has_array && has_empty_ && (root_is_array_ || code == "0");
    if (!has_array && !is_empty && (root_is_array_ || columns_.names().empty()))
        return stop({"intake.json_no_object", {}});
    cells.clear();
    if (!has_array && !is_empty) columns = columns_;
    for (std::size_t i = 0; has_array && i < columns_.names().size(); ++i)
        cells.put(around.add(columns_.names()[i]), values_.at(i), false);
    return true;
}

}  // namespace siyu
