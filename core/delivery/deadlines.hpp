// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/base/zone.hpp"
#include "core/delivery/publication.hpp"
#include "tenants/delivery_terms.hpp"

namespace siyu {

// The times that were agreed for one publication, in seconds since 1970 UTC. What people ask for in the afternoon is
// not judged by those that were agreed for the morning.
class Deadlines {
  public:
    Deadlines(const Publication& publication, const DeliveryTerms& terms, const Zone& zone);

    Day day() const { return day_; }  // on which it is due
    std::int64_t ready_by() const { return ready_by_; }
    // Until when it can be approved: nobody's time passes before there is something to look at.
    std::int64_t approve_by(const Publication& publication, std::int64_t now) const;
    // From when on it can go out, as far as it was agreed or approved.
    std::int64_t wanted_at(const Publication& publication, const DeliveryTerms& terms) const;

  private:
    Day day_;
    std::int64_t ready_by_, approve_by_;
};

}  // namespace siyu
