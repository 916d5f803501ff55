// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/app/dispatch.hpp"
#include "core/app/session.hpp"
#include "core/delivery/publication.hpp"

namespace siyu {

// A report on its way, as people name it: `aurora:daily:2026-11-20:1`.
struct Named {
    Tenant tenant;
    Publication publication;
    std::string name() const { return tenant.id + ":" + publication.key.about(); }
};

// `aurora:daily:2026-11-20` is its latest edition, `aurora:daily` the latest report. Throws Error (wrong use).
Named find_publication(Session& session, const std::string& name);

// What an audience reads, in the session's language, else in any.
std::optional<Content> content_of(Session& session, const Publication& publication, Audience audience);

// What people write, without characters that no page can show. Throws Error (wrong use) for nothing at all and for more
// than 4,000 bytes.
std::string checked_text(const std::string& text);

// A moment by the brand's clock, for people.
std::string time_text(std::int64_t seconds, const Tenant& tenant);

// The scheduler of this workspace, which tells PMs through the dispatch.
Scheduler scheduler_of(Session& session, Database& database, Dispatch& dispatch, JobClock& clock, MadeWith& made_with);

}  // namespace siyu
