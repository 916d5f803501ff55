// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/pages.hpp"

#include "core/base/error.hpp"
#include "core/store/checksum.hpp"
#include "core/store/packed.hpp"

namespace siyu {

void Pages::put(const ReportOrder& order, const std::vector<StoredPage>& pages, std::int64_t fence,
                std::int64_t made_at) {
    const auto statement = database_.prepare(
        "REPLACE INTO page (tenant, rhythm, last_day, language, audience, format, fence, made_at, held, size, crc, "
        "data) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const StoredPage& page : pages) {
        const Packed packed(page.bytes);
        statement
            ->with(tenant_, static_cast<std::int64_t>(order.rhythm), std::int64_t{order.last.number},
                   static_cast<std::int64_t>(order.language), std::string_view(page.audience),
                   std::string_view(page.format), fence, made_at, std::int64_t{page.held}, packed.size, packed.crc,
                   std::string_view(packed.data))
            .run();
    }
}

std::vector<StoredPage> Pages::get(const ReportOrder& order) {
    const auto statement = database_.prepare(
        "SELECT held, size, crc, data FROM page WHERE tenant = ? AND rhythm = ? AND last_day = ? AND language = ? AND "
        "audience = ? AND format = ?");
    std::vector<StoredPage> pages;
    for (const std::string& audience : order.audiences)
        for (const std::string& format : order.formats) {
            statement->with(tenant_, static_cast<std::int64_t>(order.rhythm), std::int64_t{order.last.number},
                            static_cast<std::int64_t>(order.language), std::string_view(audience),
                            std::string_view(format));
            bool there = false;
            while (statement->step()) {
                there = true;
                pages.push_back({audience, format, statement->number(0) != 0, unpacked(*statement, 1)});
            }
            if (!there) throw Error(Error::refused, "jobs.no_page", {{"report", order.name()}});
        }
    return pages;
}

void Pages::remove(const ReportOrder& order, std::int64_t before) {
    const auto statement = database_.prepare(
        "DELETE FROM page WHERE tenant = ? AND rhythm = ? AND last_day = ? AND language = ? AND audience = ? AND "
        "format = ? AND made_at < ?");
    for (const std::string& audience : order.audiences)
        for (const std::string& format : order.formats)
            statement
                ->with(tenant_, static_cast<std::int64_t>(order.rhythm), std::int64_t{order.last.number},
                       static_cast<std::int64_t>(order.language), std::string_view(audience), std::string_view(format),
                       before)
                .run();
}

std::string mark_of(const std::vector<StoredPage>& pages) {
    std::string mark;
    for (const StoredPage& page : pages)
        mark += (mark.empty() ? "" : " ") + std::to_string(page.bytes.size()) + "-" +
                std::to_string(checksum(page.bytes)) + (page.held ? "-held" : "");
    return mark;
}

}  // namespace siyu
