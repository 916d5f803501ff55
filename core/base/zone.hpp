// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/day.hpp"

namespace siyu {

// A point in time, in microseconds since 1970-01-01 00:00 UTC.
struct Instant {
    std::int64_t micros = 0;

    auto operator<=>(const Instant&) const = default;
};

inline constexpr std::int64_t micros_per_second = 1'000'000;
inline constexpr std::int64_t micros_per_minute = 60 * micros_per_second;
inline constexpr std::int64_t micros_per_hour = 60 * micros_per_minute;

// A time zone of the IANA database. Every tenant has one; a day of the tenant is a day of its zone (traps.md 13).
class Zone {
  public:
    // Throws Error (wrong use) for a name that the system's time zone database does not have.
    explicit Zone(std::string_view name);
    ~Zone();
    Zone(Zone&&) noexcept;
    Zone& operator=(Zone&&) noexcept;

    const std::string& name() const { return name_; }

    // The instant of a local wall-clock time, in microseconds since 1970-01-01 00:00 local. A time that a clock change
    // repeats is the earlier one; one that it skips is the moment of the change (facts.md, instant).
    Instant from_local(std::int64_t local_micros) const;
    std::int64_t to_local(Instant instant) const;

    Day day_of(Instant instant) const;
    // The first instant of the day.
    Instant start_of(Day day) const;
    Day today() const;

    // `2026-11-20 09:15:00`, `T` for the blank, `HH:MM`, a bare date, fractions, offset or `Z`. Nothing for other
    // texts.
    std::optional<Instant> parse(std::string_view text) const;
    // `2026-11-20 09:15:00`, with a fraction only where there is one.
    std::string text(Instant instant) const;

  private:
    struct Known;  // the stretch between two clock changes that was asked for last
    std::string name_;
    std::unique_ptr<Known> known_;
};

}  // namespace siyu
