// SPDX-License-Identifier: Apache-2.0
#include "core/app/commands.hpp"
#include "core/app/jobs.hpp"
#include "core/app/report_run.hpp"

namespace siyu {

int report(Session& session, const ReportOptions& options) {
    const auto tenants = session.tenants(options.tenants);
    std::vector<ReportOrder> orders;
    for (const Tenant& tenant : tenants) {
        // What was asked wrongly is wrong for all of them.
        orders.push_back(order_of(options, session.say.language()));
        orders.back().last = chosen_period(orders.back().rhythm, options.date, Zone(tenant.timezone)).last;
    }
    if (options.queue) return ask_for_reports(session, tenants, orders);
    if (!options.take.empty()) return report_while_importing(session, options, tenants);
    ReportRun run(session, options, tenants.size() == 1);
    run.make(tenants);
    return run.end();
}

}  // namespace siyu
