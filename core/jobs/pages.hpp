// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/jobs/report_order.hpp"
#include "core/store/database.hpp"

namespace siyu {

// One page of a report, made and not delivered everywhere yet.
struct StoredPage {
    std::string audience, format;
    bool held = false;  // required data are missing: it must not be sent
    std::string bytes;
};

// The pages of one tenant's reports, as they were made last.
class Pages {
  public:
    Pages(Database& database, std::int64_t tenant) : database_(database), tenant_(tenant) {}

    // Replaces those that there are. `fence`: of the job that made them.
    void put(const ReportOrder& order, const std::vector<StoredPage>& pages, std::int64_t fence, std::int64_t made_at);
    // As the order names them. Throws Error (refused) where one is not there, (unreachable) where one is damaged.
    std::vector<StoredPage> get(const ReportOrder& order);
    // Those made before.
    void remove(const ReportOrder& order, std::int64_t before);

  private:
    Database& database_;
    std::int64_t tenant_;
};

// Tells pages from others: the same pages need not be delivered again.
std::string mark_of(const std::vector<StoredPage>& pages);

}  // namespace siyu
