// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/deadlines.hpp"

#include <algorithm>

#include "core/delivery/due.hpp"

namespace siyu {

namespace {

constexpr std::int64_t looking_seconds = 1800;   // that people have at least to look at what is to be approved
constexpr std::int64_t approval_seconds = 3600;  // after the sending, where no time was agreed

}  // namespace

Deadlines::Deadlines(const Publication& publication, const DeliveryTerms& terms, const Zone& zone)
    : day_(zone.day_of({publication.due_at * micros_per_second})) {
    const bool scheduled = publication.key.edition == 1 && !publication.by_hand;
    const auto agreed = [&](const std::optional<int>& minute, std::int64_t otherwise) {
        return scheduled && minute ? nearest(zone, publication.due_at, *minute) : otherwise;
    };
    ready_by_ = agreed(terms.ready_by, publication.due_at);
    approve_by_ = agreed(terms.approve_by, publication.due_at + approval_seconds);
}

std::int64_t Deadlines::approve_by(const Publication& publication, std::int64_t now) const {
    const std::int64_t seen_since = publication.hash.empty() ? now : publication.approved_at;
    return std::max(approve_by_, seen_since + looking_seconds);
}

std::int64_t Deadlines::wanted_at(const Publication& publication, const DeliveryTerms& terms) const {
    const bool asks = terms.approval == Approval::review;
    return std::max({publication.due_at, ready_by_,
                     publication.approved() ? publication.approved_at
                     : asks                 ? approve_by_
                                            : 0});
}

}  // namespace siyu
