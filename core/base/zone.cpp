// SPDX-License-Identifier: Apache-2.0
#include "core/base/zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "core/base/error.hpp"

namespace siyu {

namespace {

constexpr std::int64_t micros_per_day = 24 * micros_per_hour;
// Clock changes are hours apart from their neighbours; well inside a stretch the offset is certain for local times too.
constexpr std::int64_t margin = 2 * micros_per_day;

std::int64_t floor_days(std::int64_t micros) {
    return micros >= 0 ? micros / micros_per_day : -((-micros + micros_per_day - 1) / micros_per_day);
}

}  // namespace

struct Zone::Known {
    const date::time_zone* zone = nullptr;
    std::int64_t begin = 1, end = 0, offset = 0;  // UTC microseconds

    void look(std::int64_t utc_micros) {
        using namespace std::chrono;
        const auto found = zone->get_info(date::sys_time<microseconds>{microseconds{utc_micros}});
        constexpr std::int64_t far = std::int64_t{1} << 40;  // seconds; keeps the products below in range
        begin = std::max<std::int64_t>(found.begin.time_since_epoch().count(), -far) * micros_per_second;
        end = std::min<std::int64_t>(found.end.time_since_epoch().count(), far) * micros_per_second;
        offset = found.offset.count() * micros_per_second;
    }
};

Zone::Zone(std::string_view name) : name_(name), known_(std::make_unique<Known>()) {
    try {
        known_->zone = date::locate_zone(name_);
    } catch (const std::runtime_error&) {
        throw Error(Error::wrong_use, "tenant.unknown_zone", {{"zone", name_}});
    }
}

Zone::~Zone() = default;
Zone::Zone(Zone&&) noexcept = default;
Zone& Zone::operator=(Zone&&) noexcept = default;

Instant Zone::from_local(std::int64_t local) const {
    const std::int64_t guess = local - known_->offset;
    if (guess - margin >= known_->begin && guess + margin < known_->end) return {guess};
    using namespace std::chrono;
    const auto found = known_->zone->get_info(date::local_time<microseconds>{microseconds{local}});
    if (found.result == date::local_info::nonexistent)
        return {duration_cast<microseconds>(found.first.end.time_since_epoch()).count()};
    const std::int64_t utc = local - found.first.offset.count() * micros_per_second;
    known_->look(utc);
    return {utc};
}

std::int64_t Zone::to_local(Instant instant) const {
    if (instant.micros < known_->begin || instant.micros >= known_->end) known_->look(instant.micros);
    return instant.micros + known_->offset;
}

Day Zone::day_of(Instant instant) const { return {static_cast<std::int32_t>(floor_days(to_local(instant)))}; }

Instant Zone::start_of(Day day) const { return from_local(day.number * micros_per_day); }

Day Zone::today() const {
    using namespace std::chrono;
    return day_of({duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()});
}

std::optional<Instant> Zone::parse(std::string_view text) const {
    // The date is what stands before the blank or the T.
    const std::size_t cut = text.find_first_of(" T");
    const auto day = parse_day(text.substr(0, cut));
    if (!day) return std::nullopt;
    std::int64_t micros = day->number * micros_per_day;
    if (cut == std::string_view::npos) return from_local(micros);
    std::string_view rest = text.substr(cut + 1);
    while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);

    const auto number = [&rest](std::size_t least, int below) -> std::optional<int> {
        std::size_t n = 0;
        int value = 0;
        while (n < rest.size() && n < 2 && rest[n] >= '0' && rest[n] <= '9') value = value * 10 + (rest[n++] - '0');
        if (n < least || value >= below) return std::nullopt;
        rest.remove_prefix(n);
        return value;
    };
    const auto take = [&rest](char c) {
        if (rest.empty() || rest[0] != c) return false;
        rest.remove_prefix(1);
        return true;
    };

    const auto hour = number(1, 24);
    if (!hour || !take(':')) return std::nullopt;
    const auto minute = number(2, 60);
    if (!minute) return std::nullopt;
    micros += *hour * micros_per_hour + *minute * micros_per_minute;
    if (take(':')) {
        const auto second = number(2, 60);
        if (!second) return std::nullopt;
        micros += *second * micros_per_second;
        if (take('.')) {
            std::int64_t unit = micros_per_second;
            std::size_t digits = 0;
            for (; digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9'; ++digits)
                micros += (rest[digits] - '0') * (unit /= 10);
            if (digits == 0) return std::nullopt;
            rest.remove_prefix(digits);
        }
    }
    while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
    if (rest.empty()) return from_local(micros);
    if (rest == "Z" || rest == "z") return Instant{micros};
    const bool east = rest[0] == '+';
    if (!east && rest[0] != '-') return std::nullopt;
    rest.remove_prefix(1);
    const auto hours = number(2, 15);
    if (!hours) return std::nullopt;
    take(':');
    const auto minutes = rest.empty() ? std::optional<int>{0} : number(2, 60);
    if (!minutes || !rest.empty()) return std::nullopt;
    const std::int64_t offset = *hours * micros_per_hour + *minutes * micros_per_minute;
    return Instant{east ? micros - offset : micros + offset};
}

std::string Zone::text(Instant instant) const {
    const std::int64_t local = to_local(instant);
    const std::int64_t days = floor_days(local);
    const std::int64_t rest = local - days * micros_per_day;
    std::array<char, 32> clock{};
    std::snprintf(clock.data(), clock.size(), " %02d:%02d:%02d", static_cast<int>(rest / micros_per_hour),
                  static_cast<int>(rest / micros_per_minute % 60), static_cast<int>(rest / micros_per_second % 60));
    std::string text = to_string(Day{static_cast<std::int32_t>(days)}) + clock.data();
    if (const auto fraction = static_cast<int>(rest % micros_per_second)) {
        std::snprintf(clock.data(), clock.size(), ".%06d", fraction);
        text += clock.data();
    }
    return text;
}

}  // namespace siyu
