// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/session.hpp"
#include "core/jobs/queued_job.hpp"
#include "core/jobs/report_order.hpp"

// A report as it is ordered, made and delivered, now or by a job.
namespace siyu {

// The pages of the order, in this order: by audience, then by format. Throws Error (wrong use) for what is none.
std::vector<Page> pages_of(const ReportOrder& order);
// `daily-2026-11-20-brand.zh.html`
std::string file_name(const ReportOrder& order, std::string_view audience, std::string_view format);

// The jobs that make the report of the order and then lay its pages into the folder of reports.
JobKey render_job(std::int64_t tenant, const ReportOrder& order);
JobKey delivery_job(std::int64_t tenant, const ReportOrder& order);
// The order of such a job. Throws Error (refused) for another one.
ReportOrder order_of(const JobKey& job);

// Which program and plugins would make a report here and now: with others it may come out otherwise.
class MadeWith {
  public:
    explicit MadeWith(std::vector<std::filesystem::path> places) : places_(std::move(places)) {}
    std::string text();

  private:
    std::vector<std::filesystem::path> places_;
    std::string files_, text_;  // what was there when it was looked at last, and what it came to
};

// The folder that reports are laid into, each whole or not at all. What writers left that died is gone with the next
// one.
class ReportFolder {
  public:
    explicit ReportFolder(std::filesystem::path folder);
    // `lasting`: also through a power cut from now on. Where it was written to. Throws Error (unreachable).
    std::filesystem::path write(const std::string& tenant, const std::string& name, std::string_view bytes,
                                bool lasting);

  private:
    std::filesystem::path folder_, part_;
};

}  // namespace siyu
