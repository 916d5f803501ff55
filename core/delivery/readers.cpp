// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/readers.hpp"

#include <set>

#include "core/delivery/outbox.hpp"

namespace siyu {

Readers readers_of(Database& database, const Tenant& tenant, const PublicationKey& key, const DeliveryTerms& terms,
                   const std::vector<std::string>& own_domains) {
    // Who got any of them would otherwise believe it, and who has not got it yet is not to get it any more.
    std::set<std::int64_t> had_one_before;
    for (std::int64_t edition = 1; edition < key.edition; ++edition)
        for (const Delivery& one :
             Outbox(database).list(key.tenant, {}, PublicationKey{key.tenant, key.rhythm, key.last, edition}.about()))
            if (one.state != DeliveryState::cancelled) had_one_before.insert(one.key.recipient);
    Readers found;
    for (Recipient& one : People(database, key.tenant).list()) {
        if (!(key.edition > 1 ? had_one_before.contains(one.number) : one.gets(key.rhythm))) continue;
        auto why = refusal(one, terms, own_domains, tenant.id);
        if (!why)
            found.to.push_back(std::move(one));
        else if (one.unsubscribed_at == 0)
            found.refused.emplace_back(std::move(one), *std::move(why));
    }
    return found;
}

}  // namespace siyu
