// SPDX-License-Identifier: Apache-2.0
// What will go out, to look at: as a file, as a trial to one of us, as a calendar.
#include <algorithm>

#include "core/app/commands.hpp"
#include "core/app/publishing.hpp"
#include "core/base/text_table.hpp"
#include "reports/document_bytes.hpp"

namespace siyu {

namespace {

std::int64_t now() { return JobClock().seconds(); }

Content content_or_refuse(Session& session, const Named& named, Audience audience) {
    if (auto content = content_of(session, named.publication, audience)) return *std::move(content);
    throw Error(Error::refused, "delivery.no_content_yet", {{"report", named.name()}});
}

}  // namespace

int send_preview(Session& session, const SendOptions& options) {
    const Named named = find_publication(session, options.report);
    Recipient to;
    to.role = options.audience == "agency" ? Role::agency : Role::brand;
    const Content content = content_or_refuse(session, named, to.audience());
    to.language = content.language;
    Dispatch dispatch(session, session.database());
    if (options.to.empty() && dispatch.settings().mail.unset) session.tell("delivery.unset");
    to.address = options.to.empty() ? dispatch.settings().mail.from : options.to;
    // A look for the agency's own people; a brand's are served by the outbox.
    if (!options.to.empty()) {
        Recipient own = to;
        own.role = Role::agency;
        if (!is_address(to.address)) throw Error(Error::wrong_use, "delivery.bad_address", {{"address", to.address}});
        if (refusal(own, {}, dispatch.settings().mail.domains))
            throw Error(Error::refused, "delivery.test_own_only", {{"address", to.address}});
    }
    Document document = read_document(content.bytes);
    if (!options.to.empty()) document.subject = session.say("delivery.test_subject") + document.subject;
    // Its links are for nobody: they are signed for a recipient that there is not.
    const Written mail =
        dispatch.letters().report(named.tenant, dispatch.stationery(named.tenant, dispatch.terms(named.tenant)),
                                  named.publication, document, to, {}, named.publication.due_at);
    if (options.to.empty()) {
        const std::filesystem::path file =
            options.out.empty()
                ? session.workspace().folder() / "reports" / named.tenant.id /
                      (named.publication.key.about().substr(0, named.publication.key.about().rfind(':')) + "-" +
                       std::to_string(named.publication.key.edition) + ".eml")
                : std::filesystem::path(options.out);
        write_file(file, mail.message);
        Session::print(file.string() + "\n");
        return 0;
    }
    dispatch.send_now(mail, to.address);
    session.tell("delivery.tested", {{"report", named.name()}, {"address", to.address}});
    return 0;
}

int send_schedule(Session& session, const SendOptions& options) {
    const Catalogue& say = session.say;
    const DeliverySettings settings = read_delivery_settings(session.workspace().folder());
    struct Row {
        std::int64_t due;
        std::vector<std::string> cells;
    };
    std::vector<Row> rows;
    bool unknown_year = false;
    const std::int64_t end = now() + std::int64_t{options.days} * 86'400;
    for (const Tenant& tenant : session.tenants(options.tenants)) {
        const Agreement agreement = Tenants(session.database()).agreement(tenant);
        for (const Rhythm rhythm : {Rhythm::daily, Rhythm::weekly, Rhythm::monthly})
            for (const auto& [period, due] :
                 ahead(tenant, agreement, rhythm, now(), end, settings.calendar, settings.rules)) {
                const auto time = delivery_terms(agreement, period.last + 1).at(rhythm);
                unknown_year =
                    unknown_year || (time->workdays && !settings.calendar.knows(civil(period.last + 1).year));
                rows.push_back(
                    {due,
                     {time_text(due, tenant), tenant.id, say("delivery.rhythm." + std::string(to_string(rhythm))),
                      to_string(period.first), to_string(period.last)}});
            }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.due < b.due; });
    TextTable table({say("delivery.column.due"), say("tenant.column.id"), say("delivery.column.rhythm"),
                     say("delivery.column.first"), say("delivery.column.last")});
    for (const Row& row : rows) table.add(row.cells);
    if (rows.empty())
        session.tell("delivery.no_schedule");
    else
        Session::print(table.text());
    if (unknown_year) session.tell("delivery.unknown_year");
    return unknown_year ? 1 : 0;
}

}  // namespace siyu
