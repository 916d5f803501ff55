// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "core/delivery/follow_ups.hpp"
#include "core/delivery/links.hpp"
#include "core/delivery/people.hpp"
#include "core/network/network.hpp"
#include "tenants/tenants.hpp"

namespace siyu {

// The pages behind the links in mails: a report as it was sent, a word of confirmation or doubt, an end to the mails.
// Looking at a page changes nothing, since mail gateways look at all of them; a form that is sent does (RFC 8058). Who
// has no signed link learns nothing, not even what there is.
class LinkPages {
  public:
    // Tells the PMs what a brand said; part of the caller's transaction.
    using Notify = std::function<void(const Tenant& tenant, const std::string& about, const Note& what)>;

    LinkPages(Database& database, const LinkSigner& signer, Notify notify)
        : database_(database), signer_(signer), notify_(std::move(notify)) {}

    // `now`: seconds since 1970 UTC. Throws Error of the store.
    WebAnswer answer(const WebRequest& request, std::int64_t now);

  private:
    WebAnswer unsubscribe(const WebRequest& request, const Tenant& tenant, Recipient reader, std::int64_t now);
    WebAnswer page(const Link& link, const Recipient& reader);
    WebAnswer figures(const WebRequest& request, const Link& link, const Tenant& tenant, const Recipient& reader,
                      std::int64_t now);
    std::optional<Document> document(const Link& link, const Recipient& reader);

    Database& database_;
    const LinkSigner& signer_;
    Notify notify_;
};

}  // namespace siyu
