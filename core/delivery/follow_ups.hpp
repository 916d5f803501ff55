// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/base/period.hpp"
#include "core/delivery/publication.hpp"
#include "core/store/database.hpp"
#include "reports/follow_up.hpp"

namespace siyu {

struct KeptStep {
    std::int64_t number = 0;
    NextStep step;
};

// What somebody of the brand said of one report. Without a figure: that all of it is right.
struct KeptObjection {
    std::int64_t number = 0;
    PublicationKey about;
    std::int64_t recipient = 0;
    std::string figure, title;
    std::string said, answer;
    std::int64_t said_at = 0, settled_at = 0;
};

// What comes of a brand's reports: the next steps that were agreed on, and what the brand said. Both come back in the
// next report. Changes are part of the caller's Transaction.
class FollowUps {
  public:
    FollowUps(Database& database, std::int64_t tenant) : database_(database), tenant_(tenant) {}

    KeptStep add(NextStep step, std::int64_t now);
    void save(const KeptStep& step);
    std::vector<KeptStep> steps();
    // Throws Error (wrong use).
    KeptStep step(std::int64_t number);

    KeptObjection add(KeptObjection objection);
    void save(const KeptObjection& objection);
    std::vector<KeptObjection> objections();
    KeptObjection objection(std::int64_t number);

    // What the report on the period tells of both: what is open, and what was done or settled since the period began.
    std::vector<NextStep> steps_for(const Period& period);
    std::vector<KeptObjection> objections_for(const Period& period);
    // That all of an earlier report of the rhythm is right, said within the period: it is over when the report on it is
    // made, so that no click of the brand's takes back what was approved meanwhile.
    std::vector<KeptObjection> confirmations_for(const Period& period);

    // The day of an instant by the agency's clock, which decides whether something is still told.
    static Day day_of(std::int64_t seconds);

    // Whether the link was unused; it is used from then on.
    bool use(std::string_view link, std::int64_t now);
    bool is_used(std::string_view link);

  private:
    Database& database_;
    std::int64_t tenant_;
};

}  // namespace siyu
