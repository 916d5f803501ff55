// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/app/commands.hpp"
#include "core/app/printing.hpp"
#include "core/app/report_work.hpp"

namespace siyu {

// What is asked for of every tenant. Throws Error (wrong use).
ReportOrder order_of(const ReportOptions& options, Language language);

// The reports that one command makes, of all brands at once or of some after the others.
class ReportRun {
  public:
    // `alone`: there is one brand in all, whose failure is the command's.
    ReportRun(Session& session, const ReportOptions& options, bool alone);

    // Writes the pages of these; what fails is told, and the others are made. A brand can be made again.
    void make(const std::vector<Tenant>& tenants);
    // The exit status. Throws Error where there is no report at all.
    int end() const;

  private:
    enum class Result { made, look, failed };

    void save(const Tenant& tenant, const ReportOrder& order, const Outcome& outcome);
    // Pages that are there are what the brand will compare the next ones with.
    void keep_formulas();

    Session& session_;
    const ReportOptions& options_;
    bool alone_;
    ReportOrder wanted_;
    Printing printing_;
    ReportFolder folder_;
    std::map<std::string, Result> results_;  // by tenant
    std::optional<Error> failure_;
    Error::Code worst_ = Error::refused;
    std::vector<std::pair<std::int64_t, Formulas>> formulas_;  // to be kept, by tenant
};

// Takes in what lies in options.take, a folder for each tenant, and makes the reports meanwhile: a brand's as soon as
// its files are in. Gives the exit status of both.
int report_while_importing(Session& session, const ReportOptions& options, const std::vector<Tenant>& tenants);

}  // namespace siyu
