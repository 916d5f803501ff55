// SPDX-License-Identifier: Apache-2.0
#include "core/app/commands.hpp"
#include "core/engine/engine.hpp"
#include "reports/page.hpp"
#include "reports/quality_page.hpp"

namespace siyu {

namespace {

// A quarter and a bit; more nobody mends, and every day's rows are read.
constexpr int most_days = 100;

// Up to the last complete day, or the day named alone.
DaySpan chosen_days(const QualityOptions& options, const Zone& zone) {
    if (options.days < 1 || options.days > most_days)
        throw Error(Error::wrong_use, "kpi.bad_days",
                    {{"days", std::to_string(options.days)}, {"most", std::to_string(most_days)}});
    const Day last = chosen_period(Rhythm::daily, options.date, zone).last;
    return {last - ((options.date.empty() || options.with_days ? options.days : 1) - 1), last};
}

}  // namespace

int quality(Session& session, const QualityOptions& options) {
    Database& database = session.database();
    Tenants tenants(database);
    const Tenant tenant = tenants.find(options.tenant);
    const DaySpan days = chosen_days(options, Zone(tenant.timezone));
    const Scorecard card = examine(database, tenant, tenants.agreement(tenant), staff_of(database, tenant.id), days);
    const View view(card, Audience::agency, session.say);
    if (!options.html.empty()) {
        write_file(options.html, html_page(quality_document(view), session.say));
        session.tell("kpi.quality_page", {{"file", options.html}});
    }
    if (options.json)
        Session::print(quality_json(view));
    else if (options.html.empty())
        Session::print(quality_text(view));
    return needs_a_look(card) ? 1 : 0;
}

}  // namespace siyu
