// SPDX-License-Identifier: Apache-2.0
#include "core/app/publishing.hpp"

#include <algorithm>

#include "core/intake/utf8.hpp"

namespace siyu {

Named find_publication(Session& session, const std::string& name) {
    const std::size_t colon = name.find(':');
    const Tenant tenant = Tenants(session.database()).find(name.substr(0, colon));
    Publications publications(session.database());
    const auto refuse = [&]() -> Named {
        throw Error(Error::wrong_use, "delivery.no_publication", {{"report", name}});
    };
    if (colon == std::string::npos) return refuse();
    std::string about = name.substr(colon + 1);
    std::optional<Publication> found;
    if (const auto key = parse_about(tenant.number, about)) {
        found = publications.find(*key);
    } else if (const auto rhythm = parse_rhythm(about.substr(0, about.find(':')))) {
        const std::size_t second = about.find(':');
        const auto last = second == std::string::npos ? publications.latest_period(tenant.number, *rhythm)
                                                      : parse_day(about.substr(second + 1));
        if (last) found = publications.latest(tenant.number, *rhythm, period_of(*rhythm, *last).last);
    }
    return found ? Named{tenant, *std::move(found)} : refuse();
}

std::optional<Content> content_of(Session& session, const Publication& publication, Audience audience) {
    std::optional<Content> found;
    for (Content& content : Publications(session.database()).contents(publication.key))
        if (content.audience == audience && (!found || content.language == session.say.language()))
            found = std::move(content);
    return found;
}

std::string checked_text(const std::string& text) {
    std::string clean = text;
    std::erase_if(clean, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || static_cast<unsigned char>(c) == 0x7f;
    });
    if (clean.empty() || clean.size() > 4000 || !is_utf8(clean)) throw Error(Error::wrong_use, "delivery.bad_text");
    return clean;
}

std::string time_text(std::int64_t seconds, const Tenant& tenant) {
    return seconds > 0 ? Zone(tenant.timezone).text({seconds * micros_per_second}).substr(0, 16) : std::string{};
}

Scheduler scheduler_of(Session& session, Database& database, Dispatch& dispatch, JobClock& clock, MadeWith& made_with) {
    return Scheduler(
        database, session.workspace().job_rules(), dispatch.settings().rules, clock, dispatch.settings().calendar,
        dispatch.settings().mail.domains, [&made_with] { return made_with.text(); },
        [&dispatch](const Tenant& tenant, const std::string& about, const Note& what) {
            dispatch.notify(tenant, about, what);
        },
        [&session](const Tenant& tenant, const Error& error) {
            session.tell("app.report_failed", {{"tenant", tenant.id}, {"reason", session.say.say(error.note())}});
        });
}

}  // namespace siyu
