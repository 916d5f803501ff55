// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/shelf.hpp"

#include <cstring>

#include "core/base/error.hpp"
#include "core/store/checksum.hpp"

namespace siyu {

namespace {

// Cells wait in memory, so that neighbours are written together and what is written twice is written once.
constexpr std::size_t bytes_saved_at_most = std::size_t{4} << 20;

std::optional<std::string_view> sound(std::string_view cell) {
    std::uint32_t crc = 0;
    if (cell.size() < sizeof crc) return std::nullopt;
    std::memcpy(&crc, cell.data(), sizeof crc);
    cell.remove_prefix(sizeof crc);
    if (crc != checksum(cell)) return std::nullopt;
    return cell;
}

std::string_view checked(std::string_view cell) {
    const auto found = sound(cell);
    if (!found) throw Error(Error::unreachable, "store.damaged_ledger");
    return *found;
}

}  // namespace

Shelf::Shelf(Database& database, std::int64_t tenant)
    : tenant_(tenant),
      save_(database.bulk("REPLACE INTO ledger (tenant, series, day, data)", 4)),
      load_(database.prepare("SELECT data FROM ledger WHERE tenant = ? AND series = ? AND day = ?")),
      run_(database.prepare(
          "SELECT data, day FROM ledger WHERE tenant = ? AND series = ? AND day BETWEEN ? AND ? ORDER BY day")),
      erase_(database.prepare("DELETE FROM ledger WHERE tenant = ? AND series = ? AND day = ?")),
      each_(database.prepare(
          "SELECT day, data FROM ledger WHERE tenant = ? AND series = ? AND day BETWEEN ? AND ? ORDER BY day")),
      latest_(database.prepare(
          "SELECT day, data FROM ledger WHERE tenant = ? AND series = ? AND day <= ? ORDER BY day DESC LIMIT 1")),
      days_(database.prepare("SELECT day FROM ledger WHERE tenant = ? AND series = ? AND day >= ? ORDER BY day")),
      first_(database.prepare("SELECT MIN(day), COUNT(*) FROM ledger WHERE tenant = ? AND series BETWEEN ? AND ?")),
      series_(database.prepare("SELECT DISTINCT series FROM ledger WHERE tenant = ? AND series BETWEEN ? AND ? "
                               "ORDER BY series")),
      clear_(database.prepare("DELETE FROM ledger WHERE tenant = ?")) {}

std::optional<std::string> Shelf::load(std::int64_t series, Day day) {
    if (const auto saved = saved_.find({series, day}); saved != saved_.end())
        return saved->second.empty() ? std::nullopt : std::optional(saved->second);
    if (auto known = ahead_.take(series, day)) return *std::move(known);
    const auto [first, last] = ahead_.run(series, day);
    if (first == last) return load_one(series, day);
    std::optional<std::string> wanted;
    std::size_t bytes = 0;
    Day next = first;  // the first day of which nothing is known yet
    const auto known = [&](Day found, std::optional<std::string> cell) {
        for (; next < found; ++next)  // days without a cell
            if (next != day) ahead_.keep(series, next, std::nullopt);
        if (found == day)
            wanted = std::move(cell);
        else if (cell)
            ahead_.keep(series, found, std::move(cell));
    };
    run_->with(tenant_, series, std::int64_t{first.number}, std::int64_t{last.number});
    while (bytes < read_ahead_bytes && run_->step()) {
        const Day found{static_cast<std::int32_t>(run_->number(1))};
        std::string cell(checked(run_->bytes(0)));
        bytes += cell.size();
        known(found, std::move(cell));
        next = found + 1;
    }
    run_->reset();
    if (bytes >= read_ahead_bytes) {
        ahead_.cut(series, std::max(next, day + 1));
        return day < next ? wanted : load_one(series, day);
    }
    known(last + 1, std::nullopt);
    return wanted;
}

std::optional<std::string> Shelf::load_one(std::int64_t series, Day day) {
    std::optional<std::string> found;
    if (load_->with(tenant_, series, std::int64_t{day.number}).step()) found = std::string(checked(load_->bytes(0)));
    load_->reset();
    return found;
}

void Shelf::save(std::int64_t series, Day day, std::string_view data) {
    saved_.insert_or_assign({series, day}, data);
    saved_bytes_ += data.size();
    if (saved_bytes_ >= bytes_saved_at_most) flush();
}

void Shelf::flush() {
    if (saved_.empty()) return;
    ahead_.forget();
    std::string cell;
    for (const auto& [place, data] : saved_) {
        const auto& [series, day] = place;
        if (data.empty()) {
            erase_->with(tenant_, series, std::int64_t{day.number}).run();
            continue;
        }
        const std::uint32_t crc = checksum(data);
        cell.assign(reinterpret_cast<const char*>(&crc), sizeof crc);
        cell += data;
        save_->add(tenant_, series, std::int64_t{day.number}, std::string_view(cell));
    }
    save_->flush();
    saved_.clear();
    saved_bytes_ = 0;
}

void Shelf::each(std::int64_t series, Day first, Day last, const std::function<void(Day, std::string_view)>& take) {
    flush();
    each_->with(tenant_, series, std::int64_t{first.number}, std::int64_t{last.number});
    while (each_->step()) take({static_cast<std::int32_t>(each_->number(0))}, checked(each_->bytes(1)));
}

void Shelf::each_as_it_is(std::int64_t series, const std::function<void(Day, std::optional<std::string_view>)>& take) {
    flush();
    each_->with(tenant_, series, std::int64_t{earliest_day.number}, std::int64_t{latest_day.number});
    while (each_->step()) take({static_cast<std::int32_t>(each_->number(0))}, sound(each_->bytes(1)));
}

std::optional<std::pair<Day, Customers>> Shelf::latest_set(std::int64_t series, Day day) {
    flush();
    std::optional<std::pair<Day, Customers>> found;
    if (latest_->with(tenant_, series, std::int64_t{day.number}).step())
        found.emplace(Day{static_cast<std::int32_t>(latest_->number(0))}, read_set(checked(latest_->bytes(1))));
    latest_->reset();
    return found;
}

std::vector<Day> Shelf::days_from(std::int64_t series, Day first) {
    flush();
    std::vector<Day> found;
    days_->with(tenant_, series, std::int64_t{first.number});
    while (days_->step()) found.push_back({static_cast<std::int32_t>(days_->number(0))});
    return found;
}

std::optional<Day> Shelf::first_day(std::int64_t from, std::int64_t to) {
    flush();
    std::optional<Day> found;
    first_->with(tenant_, from, to);
    while (first_->step())
        if (first_->number(1) > 0) found = Day{static_cast<std::int32_t>(first_->number(0))};
    return found;
}

std::vector<std::int64_t> Shelf::series_between(std::int64_t from, std::int64_t to) {
    flush();
    std::vector<std::int64_t> found;
    series_->with(tenant_, from, to);
    while (series_->step()) found.push_back(series_->number(0));
    return found;
}

void Shelf::clear() {
    ahead_.forget();
    saved_.clear();
    saved_bytes_ = 0;
    clear_->with(tenant_).run();
}

Customers Shelf::load_set(std::int64_t series, Day day) {
    const auto cell = load(series, day);
    return cell ? read_set(*cell) : Customers{};
}

void Shelf::save_set(std::int64_t series, Day day, Customers set) {
    if (set.isEmpty()) return save(series, day, {});
    set.runOptimize();
    save(series, day, write_set(set));
}

Customers read_set(std::string_view bytes) { return Customers::readSafe(bytes.data(), bytes.size()); }

std::string write_set(const Customers& set) {
    std::string bytes(set.getSizeInBytes(), '\0');
    set.write(bytes.data());
    return bytes;
}

}  // namespace siyu
