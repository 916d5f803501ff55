// SPDX-License-Identifier: Apache-2.0
#include "core/store/blocks.hpp"

#include <algorithm>

#include "core/store/read_ahead.hpp"

namespace siyu {

Blocks::Blocks(Database& database, std::int64_t tenant)
    : tenant_(tenant),
      read_(database.prepare(
          "SELECT batch, data FROM fact_block WHERE tenant = ? AND fact = ? AND day = ? ORDER BY batch, part")),
      read_run_(
          database.prepare("SELECT day, batch, data FROM fact_block WHERE tenant = ? AND fact = ? AND day BETWEEN ? "
                           "AND ? ORDER BY day, batch, part")),
      touched_(database.prepare(
          "SELECT DISTINCT fact, day FROM fact_block WHERE tenant = ? AND batch = ? ORDER BY fact, day")),
      remove_(database.prepare("DELETE FROM fact_block WHERE tenant = ? AND batch = ?")),
      span_(database.prepare("SELECT MIN(day), MAX(day), COUNT(*) FROM fact_block WHERE tenant = ? AND fact = ?")),
      days_(database.prepare("SELECT DISTINCT day FROM fact_block WHERE tenant = ? AND fact = ? ORDER BY day")),
      key_days_(database.prepare("SELECT day FROM key_day WHERE tenant = ? AND fact = ? AND number = ? ORDER BY day")),
      keys_(database.prepare("SELECT number, day FROM key_day WHERE tenant = ? AND fact = ? ORDER BY number, day")),
      put_(database.bulk("INSERT INTO fact_block (tenant, fact, day, batch, part, data)", 6)),
      note_key_(database.bulk("REPLACE INTO key_day (tenant, fact, number, day)", 4)) {}

void Blocks::put(Fact fact, Day day, std::int64_t batch, int part, const Rows& rows) {
    const std::string data = rows.encode();
    put_->add(tenant_, static_cast<std::int64_t>(fact), std::int64_t{day.number}, batch, std::int64_t{part},
              std::string_view(data));
}

std::vector<Rows> Blocks::visible_run(Fact fact, Day first, Day last) {
    const FactKind& kind = kind_of(fact);
    std::vector<Rows> days(1, Rows(kind));
    std::size_t bytes = 0;
    read_run_->with(tenant_, static_cast<std::int64_t>(fact), std::int64_t{first.number}, std::int64_t{last.number});
    while (read_run_->step()) {
        const auto place = static_cast<std::size_t>(read_run_->number(0) - first.number);
        if (place >= days.size() && bytes >= read_ahead_bytes) break;
        if (place >= days.size()) days.resize(place + 1, Rows(kind));
        bytes += read_run_->bytes(2).size();
        days[place].decode(read_run_->bytes(2));
    }
    read_run_->reset();
    if (bytes < read_ahead_bytes) days.resize(static_cast<std::size_t>(last - first + 1), Rows(kind));
    for (Rows& rows : days) {
        rows.settle(kind);
        if (kind.moves()) rows.drop_gone();
    }
    return days;
}

Rows Blocks::visible(Fact fact, Day day, std::optional<std::int64_t> without) {
    const FactKind& kind = kind_of(fact);
    Rows rows(kind);
    read_->with(tenant_, static_cast<std::int64_t>(fact), std::int64_t{day.number});
    while (read_->step())
        if (!without || read_->number(0) != *without) rows.decode(read_->bytes(1));
    rows.settle(kind);
    if (kind.moves()) rows.drop_gone();
    return rows;
}

Rows Blocks::of_batch(Fact fact, Day day, std::int64_t batch) {
    const FactKind& kind = kind_of(fact);
    Rows rows(kind);
    read_->with(tenant_, static_cast<std::int64_t>(fact), std::int64_t{day.number});
    while (read_->step())
        if (read_->number(0) == batch) rows.decode(read_->bytes(1));
    rows.settle(kind);
    return rows;
}

std::vector<std::pair<std::int64_t, Rows>> Blocks::by_batch(Fact fact, Day day) {
    const FactKind& kind = kind_of(fact);
    std::vector<std::pair<std::int64_t, Rows>> found;
    read_->with(tenant_, static_cast<std::int64_t>(fact), std::int64_t{day.number});
    while (read_->step()) {
        if (found.empty() || found.back().first != read_->number(0)) found.emplace_back(read_->number(0), Rows(kind));
        found.back().second.decode(read_->bytes(1));
    }
    for (auto& [batch, rows] : found) rows.settle(kind);
    return found;
}

std::vector<std::pair<Fact, Day>> Blocks::touched(std::int64_t batch) {
    std::vector<std::pair<Fact, Day>> found;
    touched_->with(tenant_, batch);
    while (touched_->step())
        found.emplace_back(static_cast<Fact>(touched_->number(0)), Day{static_cast<std::int32_t>(touched_->number(1))});
    return found;
}

void Blocks::remove(std::int64_t batch) { remove_->with(tenant_, batch).run(); }

std::optional<std::pair<Day, Day>> Blocks::span(Fact fact) {
    std::optional<std::pair<Day, Day>> found;
    span_->with(tenant_, static_cast<std::int64_t>(fact));
    while (span_->step())
        if (span_->number(2) > 0)
            found = {Day{static_cast<std::int32_t>(span_->number(0))},
                     Day{static_cast<std::int32_t>(span_->number(1))}};
    return found;
}

std::vector<Day> Blocks::days(Fact fact) {
    std::vector<Day> found;
    days_->with(tenant_, static_cast<std::int64_t>(fact));
    while (days_->step()) found.push_back({static_cast<std::int32_t>(days_->number(0))});
    return found;
}

std::vector<Day> Blocks::days_of_key(int index, std::int64_t number) {
    std::vector<Day> found;
    note_key_->flush();
    key_days_->with(tenant_, std::int64_t{index}, number);
    while (key_days_->step()) found.push_back({static_cast<std::int32_t>(key_days_->number(0))});
    return found;
}

void Blocks::note_key(int index, std::int64_t number, Day day) {
    note_key_->add(tenant_, std::int64_t{index}, number, std::int64_t{day.number});
}

std::vector<std::pair<std::int64_t, std::int64_t>> Blocks::mend_keys(const FactKind& kind) {
    std::vector<std::int64_t> missing;
    if (kind.moves()) mend_keys(static_cast<int>(kind.fact), static_cast<std::size_t>(kind.key[0]), kind.fact, missing);
    if (kind.fact == Fact::refunds) mend_keys(refunds_of_order, kind.place("order_id"), kind.fact, missing);
    std::sort(missing.begin(), missing.end());
    std::vector<std::pair<std::int64_t, std::int64_t>> runs;
    for (const std::int64_t number : missing) {
        if (!runs.empty() && number <= runs.back().second + 1)
            runs.back().second = number;
        else
            runs.emplace_back(number, number);
    }
    return runs;
}

void Blocks::mend_keys(int index, std::size_t column, Fact fact, std::vector<std::int64_t>& missing) {
    std::vector<std::pair<std::int64_t, std::int64_t>> noted;
    keys_->with(tenant_, std::int64_t{index});
    while (keys_->step()) noted.emplace_back(keys_->number(0), keys_->number(1));
    for (const Day day : days(fact)) {
        // Also the rows that another batch hides: it may be undone.
        Rows rows(kind_of(fact));
        read_->with(tenant_, static_cast<std::int64_t>(fact), std::int64_t{day.number});
        while (read_->step()) rows.decode(read_->bytes(1));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            // What moved away left word only of its own key.
            if (index == refunds_of_order && rows[i].back() != 0) continue;
            const std::int64_t number = rows[i][column];
            if (std::binary_search(noted.begin(), noted.end(), std::pair{number, std::int64_t{day.number}})) continue;
            missing.push_back(number);
            note_key(index, number, day);
        }
    }
}

}  // namespace siyu
