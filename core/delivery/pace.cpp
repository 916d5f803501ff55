// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/pace.hpp"

#include <algorithm>
#include <optional>

#include "core/base/error.hpp"
#include "core/jobs/writing.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

constexpr std::int64_t nobody = 0;  // turns are the agency's, no brand's

}  // namespace

std::int64_t Pace::turn(const std::string& name, int per_minute, std::int64_t now_ms) {
    if (per_minute <= 0) return now_ms;
    const std::int64_t apart = 60'000 / per_minute;
    return retrying([&] {
        Writing writing(database_);
        const auto select = database_.prepare("SELECT next_at FROM pace WHERE tenant = ? AND name = ?");
        select->with(nobody, std::string_view(name));
        std::optional<std::int64_t> known;
        while (select->step()) known = select->number(0);
        // A clock that was set wrong once must not stop the mails for years.
        const std::int64_t next = known ? std::min(std::max(now_ms, *known), now_ms + 3'600'000) : now_ms;
        const Error quicker(Error::unreachable, "store.conflict", {{"words", name}});
        if (known) {
            const auto update =
                database_.prepare("UPDATE pace SET next_at = ? WHERE tenant = ? AND name = ? AND next_at = ?");
            update->with(next + apart, nobody, std::string_view(name), *known).run();
            if (update->changed() != 1) throw quicker;
        } else {
            const auto insert = database_.prepare("INSERT INTO pace (tenant, name, next_at) VALUES (?, ?, ?)");
            try {
                insert->with(nobody, std::string_view(name), next + apart).run();
            } catch (const Error&) {
                throw quicker;
            }
        }
        writing.commit();
        return next;
    });
}

}  // namespace siyu
