// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/delivery/due.hpp"
#include "core/delivery/links.hpp"
#include "core/delivery/outbox.hpp"
#include "core/delivery/people.hpp"
#include "core/delivery/publication.hpp"
#include "core/network/network.hpp"
#include "reports/mail.hpp"
#include "tenants/tenants.hpp"

namespace siyu {

// [mail] of siyu.toml.
struct MailSettings {
    MailAccount account;
    std::string from, from_name;       // the account's own address
    std::string url;                   // https, where `siyu serve` is reached from outside, without a slash at its end
    std::vector<std::string> domains;  // the agency's own; at least that of `from`
    int per_minute = 30;               // mails through the account
    std::map<std::string, int> per_minute_to;  // and to the domain of a provider
    bool unset = false;                        // nothing was set: good for a look, not for sending
};

// A message that is ready to go.
struct Written {
    std::string message;     // a mail's bytes, or a group message as JSON
    std::string message_id;  // of a mail
    std::string subject;
};

// Writes mails and group messages: what a document says, as one recipient gets it.
class Letters {
  public:
    Letters(const MailSettings& settings, std::string link_key, const DeliveryRules& rules)
        : settings_(settings), signer_(std::move(link_key)), rules_(rules) {}

    // How the brand's mails look. `logo`: the file's bytes, or none.
    Stationery stationery(const DeliveryTerms& terms, const std::string& logo) const;

    // An edition of a report. `before`: the message ids of the editions before, oldest first. The files that go with it
    // stand in it whole. `now`: its Date.
    Written report(const Tenant& tenant, Stationery stationery, const Publication& publication,
                   const Document& document, const Recipient& to, const std::vector<std::string>& before,
                   std::int64_t now) const;
    // A few words to a PM about a report, or about the delivery of it.
    Written notice(const Tenant& tenant, Stationery stationery, const std::string& about, const Note& what,
                   const Recipient& to, std::int64_t now) const;
    // For a WeCom group: markdown of at most 4,096 bytes.
    Written group(const Tenant& tenant, const Publication& publication, const Document& document,
                  const Recipient& to) const;

    const MailSettings& settings() const { return settings_; }
    const LinkSigner& signer() const { return signer_; }

  private:
    // `from`: when its time begins.
    std::string page_url(const Publication& publication, const Recipient& to, std::int64_t from) const;
    Letter addressed(const Tenant& tenant, const Stationery& stationery, const std::string& about, const Recipient& to,
                     std::int64_t now) const;
    Written written(Letter letter, Mail mail) const;

    const MailSettings& settings_;
    LinkSigner signer_;
    const DeliveryRules& rules_;
};

// The markdown of a group message, cut between lines where it would not fit, which is said.
std::string group_markdown(const Document& document, const std::string& url, const Catalogue& say);

// All that a document says, a line each, without the names of its fields.
std::string texts_in(const std::string& document);

// The name or address of another brand that stands in the text, or nothing. The brand's own name and the words that
// were agreed on are no finding, whatever they hold.
std::optional<std::string> foreign_name(std::string text, const Tenant& own, const DeliveryTerms& terms,
                                        const std::vector<Tenant>& tenants,
                                        const std::vector<std::string>& other_addresses);

}  // namespace siyu
