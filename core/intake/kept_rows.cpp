// SPDX-License-Identifier: Apache-2.0
#include "core/intake/kept_rows.hpp"

#include <algorithm>

#include "core/base/day.hpp"
#include "core/intake/cell.hpp"

namespace siyu {

namespace {

// Cells in one text: a million orders are kept as a million texts, not as ten million.
std::string pack(std::span<const std::string> cells) {
    std::string all;
    for (const auto& cell : cells) {
        all += cell;
        all += '\0';
    }
    return all;
}

std::vector<std::string> unpack(const std::string& all) {
    std::vector<std::string> cells;
    for (std::size_t from = 0, end; from < all.size(); from = end + 1) {
        end = all.find('\0', from);
        cells.push_back(all.substr(from, end - from));
    }
    return cells;
}

std::int64_t whole(const std::string& text) { return std::stoll(text); }

}  // namespace

std::optional<KeptRows::Fault> KeptRows::add(std::string key, std::int64_t line, std::span<const std::string> cells) {
    const auto [found, is_new_key] = index_.emplace(std::move(key), rows_.size());
    if (is_new_key) {
        rows_.push_back({line, 1, pack(cells), 0, {}});
        return std::nullopt;
    }
    Kept& kept = rows_[found->second];
    if (rule_->keep == Rule::Keep::count) {
        ++kept.rows;
    } else if (kept.cells.empty() || rule_->keep == Rule::Keep::last || rule_->keep == Rule::Keep::difference) {
        kept = {line, 1, pack(cells), kept.spoiled_by, {}};
    } else {
        return join(kept, cells);
    }
    return std::nullopt;
}

std::optional<KeptRows::Fault> KeptRows::join(Kept& kept, std::span<const std::string> cells) const {
    std::vector<std::string> joined = unpack(kept.cells);
    for (std::size_t i = 0; i < joined.size(); ++i) {
        const int column = static_cast<int>(i);
        const Type type = kind_->columns[i].type;
        std::string& cell = joined[i];
        if (rule_->keep == Rule::Keep::merge) {
            if (!cell.empty() && !cells[i].empty() && cell != cells[i])
                return Fault{column, {"intake.bad.said_twice", {{"first", cell}, {"line", std::to_string(kept.line)}}}};
            if (!cells[i].empty()) cell = cells[i];
        } else if (std::find(rule_->once.begin(), rule_->once.end(), column) != rule_->once.end()) {
            if (cell != cells[i])
                return Fault{column,
                             {"intake.bad.not_repeated", {{"first", cell}, {"line", std::to_string(kept.line)}}}};
        } else if (cell.empty()) {
            cell = cells[i];
        } else if ((type == Type::money || type == Type::count) && !cells[i].empty()) {
            std::int64_t sum = 0, more = 0;
            if (type == Type::money) {
                parse_money(cell, false, sum);
                parse_money(cells[i], false, more);
            } else {
                sum = whole(cell);
                more = whole(cells[i]);
            }
            if (__builtin_add_overflow(sum, more, &sum)) return Fault{column, {"intake.bad.too_large", {}}};
            cell = type == Type::money ? money_text(sum) : std::to_string(sum);
        }
    }
    kept.cells = pack(joined);
    ++kept.rows;
    return std::nullopt;
}

bool KeptRows::is_new(const std::string& key, const std::string& mark) {
    return marks_.insert(key + '\0' + mark).second;
}

void KeptRows::spoil(std::string key, std::int64_t line) {
    const auto [found, is_new_key] = index_.emplace(std::move(key), rows_.size());
    if (is_new_key)
        rows_.push_back({line, 0, {}, line, {}});
    else if (rows_[found->second].spoiled_by == 0)
        rows_[found->second].spoiled_by = line;
}

void KeptRows::refuse_alike() {
    std::unordered_map<std::string, std::size_t> first;
    const auto refuse = [this](Kept& kept, const Kept& other) {
        kept.fault = Fault{kind_->key.front(), {"intake.bad.same_key", {{"line", std::to_string(other.line)}}}};
    };
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].cells.empty()) continue;
        const auto cells = unpack(rows_[i].cells);
        std::string key;
        bool any = false;
        for (const int column : kind_->key) {
            const std::string& cell = cells[static_cast<std::size_t>(column)];
            any = any || !cell.empty();
            key += cell + '\0';
        }
        if (!any) continue;  // without an id each row is one of its own
        const auto [found, is_new] = first.emplace(std::move(key), i);
        if (is_new) continue;
        refuse(rows_[i], rows_[found->second]);
        if (Kept& other = rows_[found->second]; !other.fault) refuse(other, rows_[i]);
    }
}

// A total up to a day, less that of the day before. A day whose day before is not there is only what the next one is
// taken from: a row without the difference would replace that of an earlier import, which has it. So is the day behind
// one whose total falls: which of the totals before it was wrong is not known.
void KeptRows::take_differences() {
    struct Place {
        std::string rest;
        std::int32_t day;
        std::size_t row;
    };
    std::vector<Place> places;
    std::vector<std::vector<std::string>> cells;
    const auto when = static_cast<std::size_t>(kind_->when);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        cells.push_back(unpack(rows_[i].cells));
        Place place{{}, parse_day(cells.back()[when])->number, i};
        for (const int column : kind_->key)
            if (column != kind_->when) place.rest += cells.back()[static_cast<std::size_t>(column)] + '\0';
        places.push_back(std::move(place));
    }
    std::sort(places.begin(), places.end(),
              [](const Place& a, const Place& b) { return std::tie(a.rest, a.day) < std::tie(b.rest, b.day); });
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool follows = i > 0 && places[i - 1].rest == places[i].rest && places[i - 1].day + 1 == places[i].day &&
                             !rows_[places[i - 1].row].fault;
        Kept& kept = rows_[places[i].row];
        if (!follows) {
            kept.cells.clear();
            continue;
        }
        auto own = cells[places[i].row];
        for (const int column : rule_->differences) {
            const auto at = static_cast<std::size_t>(column);
            const std::string& before = cells[places[i - 1].row][at];
            const std::string total = own[at];
            own[at].clear();
            if (before.empty() || total.empty()) continue;
            const std::int64_t difference = whole(total) - whole(before);
            if (difference < 0)
                kept.fault = Fault{column, {"intake.bad.total_falls", {{"before", before}, {"total", total}}}};
            else
                own[at] = std::to_string(difference);
        }
        if (!kept.fault) kept.cells = pack(own);
    }
}

bool KeptRows::next(Row& row) {
    if (next_ == 0) {
        if (rule_->keep == Rule::Keep::difference) take_differences();
        if (may_be_alike_) refuse_alike();
        std::stable_sort(rows_.begin(), rows_.end(), [](const Kept& a, const Kept& b) { return a.line < b.line; });
    }
    while (next_ < rows_.size() && rows_[next_].cells.empty()) ++next_;
    if (next_ >= rows_.size()) return false;
    Kept& kept = rows_[next_++];
    row = {kept.line, unpack(kept.cells), std::move(kept.fault)};
    if (rule_->keep == Rule::Keep::count) row.cells[static_cast<std::size_t>(rule_->count)] = std::to_string(kept.rows);
    if (kept.spoiled_by != 0)
        row.fault =
            Fault{kind_->key.front(), {"intake.bad.row_of_it_bad", {{"line", std::to_string(kept.spoiled_by)}}}};
    return true;
}

}  // namespace siyu
