// SPDX-License-Identifier: Apache-2.0
#include "core/intake/mapping.hpp"

#include <algorithm>

#include "core/intake/cell.hpp"
#include "core/intake/date_format.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

// Rows that wait for the end of the file stand in memory; a profile for more than this wants another rule.
constexpr std::size_t most_kept = 5'000'000;

bool contains(const std::vector<std::string>& all, std::string_view text) {
    return std::find(all.begin(), all.end(), text) != all.end();
}

}  // namespace

HeaderNames::HeaderNames(std::span<const std::string> header) {
    std::unordered_map<std::string, int> seen;
    for (std::size_t i = 0; i < header.size(); ++i) {
        std::string name = folded(header[i]);
        if (name.empty()) continue;
        if (const int times = ++seen[name]; times > 1) name += "#" + std::to_string(times);
        places_.emplace(std::move(name), static_cast<int>(i));
    }
}

int HeaderNames::find(std::string_view name) const {
    const auto found = places_.find(folded(name));
    return found == places_.end() ? -1 : found->second;
}

Mapping::Mapping(const Profile& profile, const Rule& rule, const HeaderNames& names, std::vector<std::string>& missing)
    : profile_(&profile), rule_(&rule), kind_(&kind_of(rule.fact)) {
    const auto place = [&](const std::string& name) {
        const int found = names.find(name);
        if (found < 0 && !contains(missing, name)) missing.push_back(name);
        places_.emplace(name, found);
        return found;
    };
    const auto places = [&](const Sum& sum) {
        for (const auto& term : sum.terms) place(term.column);
    };
    for (const auto& condition : rule.when) when_.push_back(place(condition.column));
    for (const auto& condition : rule.last_when) last_when_.push_back(place(condition.column));
    for (const auto& name : rule.last_of) last_of_.push_back(place(name));
    for (const auto& origin : rule.origins) places(origin.sum);
    for (const auto& one : rule.checks) {
        places(one.left);
        places(one.right);
    }
    cells_.resize(kind_->columns.size());
    made_.resize(kind_->columns.size());
}

std::string Mapping::source_of(int column) const {
    for (const auto& origin : rule_->origins)
        if (origin.column == column) return origin.sum.text();
    return {};
}

std::string_view Mapping::value(std::span<const std::string_view> record, int place) const {
    const std::string_view text = strip(record[static_cast<std::size_t>(place)]);
    return contains(profile_->empty, text) ? std::string_view{} : text;
}

bool Mapping::passes(const std::vector<Rule::Condition>& conditions, const std::vector<int>& places,
                     std::span<const std::string_view> record) const {
    using Test = Rule::Condition::Test;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const std::string_view text = value(record, places[i]);
        bool good = false;
        switch (conditions[i].test) {
            case Test::empty: good = text.empty(); break;
            case Test::not_empty: good = !text.empty(); break;
            case Test::equals: good = contains(conditions[i].values, text); break;
            case Test::not_equals: good = !contains(conditions[i].values, text); break;
        }
        if (!good) return false;
    }
    return true;
}

bool Mapping::wrong(std::string column, std::string_view value, Note reason) {
    bad_ = {line_, std::move(column), shortened(value), std::move(reason)};
    return false;
}

bool Mapping::add(const Sum& sum, std::span<const std::string_view> record, std::int64_t& fen, bool& any) {
    fen = 0;
    any = false;
    for (const auto& term : sum.terms) {
        const std::string_view text = value(record, places_.find(term.column)->second);
        if (text.empty()) continue;
        any = true;
        std::int64_t part = 0;
        // One column alone is no less than nothing; what is added up may be (a correction).
        if (auto reason = parse_money(text, sum.terms.size() > 1 || term.minus, part))
            return wrong(term.column, text, std::move(*reason));
        if (term.minus ? __builtin_sub_overflow(fen, part, &fen) : __builtin_add_overflow(fen, part, &fen))
            return wrong(term.column, text, {"intake.bad.too_large", {}});
    }
    return true;
}

bool Mapping::check(std::span<const std::string_view> record) {
    for (const auto& one : rule_->checks) {
        std::int64_t left = 0, right = 0;
        bool any = false;
        if (!add(one.left, record, left, any) || !add(one.right, record, right, any)) return false;
        if (left != right)
            return wrong(one.left.text(), money_text(left),
                         {"intake.bad.check",
                          {{"left", one.left.text()}, {"right", one.right.text()}, {"sum", money_text(right)}}});
    }
    return true;
}

bool Mapping::money(const Rule::Origin& origin, std::span<const std::string_view> record) {
    const auto at = static_cast<std::size_t>(origin.column);
    std::int64_t fen = 0;
    bool any = false;
    if (!add(origin.sum, record, fen, any)) return false;
    if (origin.in_fen) {
        if (fen % 100 != 0) return wrong(origin.sum.text(), money_text(fen), {"intake.bad.money_too_fine", {}});
        fen /= 100;
    }
    if (fen < 0) return wrong(origin.sum.text(), money_text(fen), {"intake.bad.money_negative", {}});
    if (any && (fen != 0 || !origin.zero_is_empty)) cells_[at] = made_[at] = money_text(fen);
    return true;
}

void Mapping::date(Type type, std::string& made, std::string_view& cell) const {
    for (const auto& format : profile_->dates)
        if (auto text = reformed(cell, format)) {
            made = std::move(*text);
            cell = made;
            break;
        }
    // The day of a time of day without offset is what stands before it.
    const std::size_t cut = cell.find_first_of(" T");
    if (type != Type::instant && cut != std::string_view::npos && utc_.parse(cell) &&
        cell.find_first_of("Zz+-", cut) == std::string_view::npos)
        cell = cell.substr(0, cut);
}

bool Mapping::convert(std::span<const std::string_view> record) {
    std::fill(cells_.begin(), cells_.end(), std::string_view{});
    for (const auto& origin : rule_->origins) {
        const auto at = static_cast<std::size_t>(origin.column);
        if (origin.constant) {
            cells_[at] = *origin.constant;
            continue;
        }
        const Type type = kind_->columns[at].type;
        if (type == Type::money) {
            if (!money(origin, record)) return false;
            continue;
        }
        cells_[at] = value(record, places_.find(origin.sum.terms[0].column)->second);
        if (cells_[at].empty()) continue;
        if (type == Type::date || type == Type::month || type == Type::instant) date(type, made_[at], cells_[at]);
        if (origin.words.empty()) continue;
        made_[at] = cells_[at];
        if (const auto found = origin.words.find(made_[at]); found != origin.words.end()) cells_[at] = found->second;
    }
    return true;
}

// One form for each value, so that rows alike are found alike; false for a bad row.
bool Mapping::settle(std::vector<std::string>& texts) {
    texts.assign(cells_.size(), {});
    std::string scratch;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (static_cast<int>(i) == rule_->count) continue;
        Cell cell;
        const Column& column = kind_->columns[i];
        if (auto reason = parse_cell(column, cells_[i], utc_, scratch, cell))
            return wrong(source_of(static_cast<int>(i)), cells_[i], std::move(*reason));
        if (column.type == Type::date && cell.number != absent)
            texts[i] = to_string(Day{static_cast<std::int32_t>(cell.number)});
        else if (column.type == Type::month && cell.number != absent)
            texts[i] = month_text(Day{static_cast<std::int32_t>(cell.number)});
        else
            texts[i] = strip(cells_[i]);
    }
    return true;
}

Mapping::Gives Mapping::keep(std::span<const std::string_view> record, bool gives_row) {
    std::vector<std::string> texts;
    if (gives_row && !settle(texts)) return Gives::bad;
    std::string key;
    const auto add_key = [&key](std::string_view text) {
        key += text;
        key += '\0';
    };
    if (rule_->count >= 0)
        for (const auto& text : texts) add_key(text);
    else
        for (const int place : last_of_) add_key(value(record, place));
    const auto [found, is_new] = index_.emplace(std::move(key), kept_.size());
    if (is_new) {
        if (kept_.size() == most_kept)
            throw Error(Error::refused, "intake.too_many_kept",
                        {{"profile", profile_->name}, {"line", std::to_string(line_)}});
        kept_.push_back({line_, 1, std::move(texts)});
    } else if (rule_->count >= 0) {
        ++kept_[found->second].rows;
    } else {
        kept_[found->second] = {line_, 1, std::move(texts)};
    }
    return Gives::kept;
}

Mapping::Gives Mapping::take(std::span<const std::string_view> record, std::int64_t line) {
    line_ = line;
    if (!passes(rule_->when, when_, record)) return Gives::nothing;
    const bool keeps = rule_->count >= 0 || !rule_->last_of.empty();
    const bool gives_row = passes(rule_->last_when, last_when_, record);
    if (gives_row && (!check(record) || !convert(record))) return Gives::bad;
    return keeps ? keep(record, gives_row) : Gives::row;
}

bool Mapping::next_kept() {
    if (next_kept_ == 0 && !rule_->last_of.empty())
        std::sort(kept_.begin(), kept_.end(), [](const Kept& a, const Kept& b) { return a.line < b.line; });
    while (next_kept_ < kept_.size() && kept_[next_kept_].cells.empty()) ++next_kept_;
    if (next_kept_ >= kept_.size()) return false;
    const Kept& row = kept_[next_kept_++];
    line_ = row.line;
    std::copy(row.cells.begin(), row.cells.end(), cells_.begin());
    if (rule_->count >= 0) {
        const auto at = static_cast<std::size_t>(rule_->count);
        made_[at] = std::to_string(row.rows);
        cells_[at] = made_[at];
    }
    return true;
}

}  // namespace siyu
