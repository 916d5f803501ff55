// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/delivery/people.hpp"
#include "core/delivery/publication.hpp"
#include "tenants/tenants.hpp"

namespace siyu {

// Whom an edition is for, and who of them may not be sent to, with the reason.
struct Readers {
    std::vector<Recipient> to;
    std::vector<std::pair<Recipient, Note>> refused;
};

// For a later edition those whom one before was for, else all who get such reports; without who unsubscribed. `terms`
// and `own_domains`: as of today, whatever was agreed in the period.
Readers readers_of(Database& database, const Tenant& tenant, const PublicationKey& key, const DeliveryTerms& terms,
                   const std::vector<std::string>& own_domains);

}  // namespace siyu
