// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/app/session.hpp"
#include "core/jobs/queued_job.hpp"
#include "core/jobs/report_order.hpp"

namespace siyu {

// `siyu report --queue`: makes the reports due, each order for the tenant at its place. Gives the exit status.
int ask_for_reports(Session& session, const std::vector<Tenant>& tenants, const std::vector<ReportOrder>& orders);

// `aurora:render:daily:2026-11-20:zh:brand,agency:html`, what people name a job by.
std::string job_name(const Tenant& tenant, const QueuedJob& job);

}  // namespace siyu
