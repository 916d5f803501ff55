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

    // `own_domains`: the agency's, whose people alone read its editions.
    LinkPages(Database& database, const LinkSigner& signer, std::vector<std::string> own_domains, Notify notify)
        : database_(database), signer_(signer), own_domains_(std::move(own_domains)), notify_(std::move(notify)) {}

    // `now`: seconds since 1970 UTC. Throws Error of the store.
    WebAnswer answer(const WebRequest& request, std::int64_t now);

  private:
    WebAnswer unsubscribe(const WebRequest& request, const Tenant& tenant, Recipient reader, std::int64_t now);
    WebAnswer page(const Document& document);
    WebAnswer figures(const WebRequest& request, const Link& link, const Tenant& tenant, const Recipient& reader,
                      const Document& document, std::int64_t now);
    // What the link leads to, in the reader's language where there is one: nothing for whoever may not read it today.
    std::optional<Document> document(const Link& link, const Tenant& tenant, const Recipient& reader, std::int64_t now);

    Database& database_;
    const LinkSigner& signer_;
    const std::vector<std::string> own_domains_;
    Notify notify_;
};

}  // namespace siyu
