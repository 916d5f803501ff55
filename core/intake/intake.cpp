// SPDX-License-Identifier: Apache-2.0
#include "core/intake/intake.hpp"

#include <algorithm>
#include <set>

namespace siyu {

namespace {

// Rows wait in memory by day until there are so many bytes of them.
constexpr std::size_t bytes_waiting_at_most = std::size_t{24} << 20;

}  // namespace

std::optional<Note> RowRules::look(const FactKind& kind, std::size_t column, std::string_view value, Cell& cell) const {
    const Column& known = kind.columns[column];
    if (kind.fact == Fact::surveys && known.name == "score" && !cell.text.empty()) {
        const auto score = Fraction::parse_exact(cell.text);
        if (score && (*score < lowest_score || *score > highest_score))
            return Note{"import.score_off_scale",
                        {{"lowest", lowest_score.rounded(0)}, {"highest", highest_score.rounded(0)}}};
    }
    if (kind.fact == Fact::forecast && known.name == "kpi" && !kpis.empty() &&
        std::find(kpis.begin(), kpis.end(), cell.text) == kpis.end()) {
        std::string all;
        for (const std::string& id : kpis) all += (all.empty() ? "" : ", ") + id;
        return Note{"import.unknown_kpi", {{"kpi", std::string(value)}, {"kpis", all}}};
    }
    if (kind.fact == Fact::allocations && known.name == "tenant" && !tenants.empty()) {
        const auto found = tenants.find(cell.text);
        if (found == tenants.end()) {
            std::set<std::string> ids;
            for (const auto& [name, id] : tenants) ids.insert(id);
            std::string all;
            for (const std::string& id : ids) all += (all.empty() ? "" : ", ") + id;
            return Note{"import.unknown_tenant", {{"tenant", std::string(value)}, {"tenants", all}}};
        }
        cell.text = found->second;
    }
    return std::nullopt;
}

// An answer without an id is known by its time and customer; without a customer by its place in the file (facts.md).
void Intake::name_answer(const FactSource::Row& row, std::span<std::int64_t> cells) {
    const FactKind& kind = kind_of(Fact::surveys);
    if (!parsed_[kind.place("response_id")].text.empty()) return;
    const std::string_view customer = parsed_[kind.place("customer_id")].text;
    const std::string name = "\x01" + std::to_string(cells[kind.place("at")]) + "\x01" +
                             (customer.empty() ? "\x01" + std::to_string(row.line) : std::string(customer));
    cells[kind.place("response_id")] = words_.intern(Space::answer, name);
}

Rows& Intake::waiting(Fact fact, Day day) {
    const auto key = std::pair{fact, day};
    const auto found = waiting_.find(key);
    return found != waiting_.end() ? found->second : waiting_.emplace(key, Rows(kind_of(fact))).first->second;
}

void Intake::place(const FactKind& kind, std::span<const std::int64_t> cells, bool fresh_key) {
    Day day = undated;
    if (kind.when >= 0) {
        const std::int64_t when = cells[static_cast<std::size_t>(kind.when)];
        day = kind.columns[static_cast<std::size_t>(kind.when)].type == Type::instant
                  ? zone_.day_of({when})
                  : Day{static_cast<std::int32_t>(when)};
        BatchFact& fact = facts_.at(kind.fact);
        fact.covers.first = std::min(fact.covers.first, day);
        fact.covers.last = std::max(fact.covers.last, day);
    }
    const auto add = [&](Day on, bool gone) {
        auto row = waiting(kind.fact, on).add();
        std::copy(cells.begin(), cells.end(), row.begin());
        row.back() = gone ? 1 : 0;
        bytes_waiting_ += row.size_bytes();
    };
    if (kind.moves()) {
        const std::int64_t key = cells[static_cast<std::size_t>(kind.key[0])];
        const int index = static_cast<int>(kind.fact);
        const auto days = fresh_key ? std::vector<Day>{} : blocks_.days_of_key(index, key);
        for (const Day other : days)
            if (other != day) add(other, true);
        if (std::find(days.begin(), days.end(), day) == days.end()) blocks_.note_key(index, key, day);
    }
    add(day, false);
    if (bytes_waiting_ > bytes_waiting_at_most) write_waiting();
}

std::optional<std::pair<int, Note>> Intake::take(const FactSource::Row& row) {
    const FactKind& kind = kind_of(row.fact);
    const std::size_t columns = kind.columns.size();
    if (scratch_.size() < columns) scratch_.resize(columns);
    parsed_.assign(columns, {});
    // First everything is looked at, so that a bad row leaves no trace, not even a number.
    for (std::size_t i = 0; i < columns; ++i) {
        auto fault = parse_cell(kind.columns[i], row.cells[i], zone_, scratch_[i], parsed_[i]);
        if (!fault) fault = rules_.look(kind, i, row.cells[i], parsed_[i]);
        if (fault) return std::pair{static_cast<int>(i), std::move(*fault)};
    }
    cells_.resize(columns);
    bool fresh_key = false;
    for (std::size_t i = 0; i < columns; ++i) {
        const Column& column = kind.columns[i];
        const std::string_view text = parsed_[i].text;
        if (column.space == Space::unused) {
            cells_[i] = parsed_[i].number;
        } else if (text.empty() && (column.space == Space::customer || column.type == Type::number)) {
            cells_[i] = absent;
        } else if (column.space == Space::answer) {
            if (!text.empty()) cells_[i] = words_.intern(Space::answer, text, &fresh_key);
        } else if (kind.moves() && static_cast<int>(i) == kind.key[0]) {
            cells_[i] = words_.intern(column.space, text, &fresh_key);
        } else {
            cells_[i] = words_.intern(column.space, text);
        }
    }
    if (row.fact == Fact::surveys) name_answer(row, cells_);
    if (row.fact == Fact::guide_actions) {
        const std::size_t count = kind.place("count");
        if (cells_[count] == absent) cells_[count] = 1;
    }
    auto [fact, first] = facts_.try_emplace(row.fact);
    if (first) fact->second = {row.fact, 0, 0, 0, {latest_day, earliest_day}};
    ++fact->second.taken;
    place(kind, cells_, fresh_key);
    return std::nullopt;
}

void Intake::write_waiting() {
    for (auto& [key, rows] : waiting_) {
        const std::size_t came = rows.size();
        rows.settle(kind_of(key.first));
        repeated_ += static_cast<std::int64_t>(came - rows.size());
        blocks_.put(key.first, key.second, batch_, part_, rows);
    }
    blocks_.flush();
    ++part_;
    waiting_.clear();
    bytes_waiting_ = 0;
}

std::map<Fact, BatchFact> Intake::finish() {
    write_waiting();
    std::map<Fact, std::int64_t> removed;
    for (const auto& [fact, day] : blocks_.touched(batch_)) {
        const Difference difference =
            recorder_.day_changed(fact, day, blocks_.visible(fact, day, batch_), blocks_.visible(fact, day));
        facts_.at(fact).added += difference.added;
        facts_.at(fact).replaced += difference.replaced;
        removed[fact] += difference.removed;
    }
    // A row that moved to another day left one and came to the other: it was replaced.
    for (const auto& [fact, count] : removed) {
        facts_.at(fact).added -= count;
        facts_.at(fact).replaced += count;
    }
    recorder_.finish();
    words_.flush();
    blocks_.flush();
    return facts_;
}

}  // namespace siyu
