// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/base/error.hpp"
#include "core/base/period.hpp"
#include "core/blueprint/blueprint.hpp"
#include "core/store/database.hpp"
#include "tenants/delivery_terms.hpp"

namespace siyu {

// What somebody is to the brand. A PM answers for its reports at the agency, and is told what needs a decision.
enum class Role { brand, agency, pm };

std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view text);

// Somebody who gets a brand's reports, or a WeCom group that does: its address is then `wecom:NAME`.
struct Recipient {
    std::int64_t number = 0;
    std::string address, name;
    Role role = Role::brand;
    Language language = Language::zh;
    std::vector<Rhythm> reports = {Rhythm::daily, Rhythm::weekly, Rhythm::monthly};
    std::int64_t unsubscribed_at = 0;  // seconds since 1970 UTC
    bool removed = false;

    Audience audience() const { return role == Role::brand ? Audience::brand : Audience::agency; }
    bool gets(Rhythm rhythm) const;
    const std::string& called() const { return name.empty() ? address : name; }
    bool is_group() const { return address.starts_with("wecom:"); }
    std::string_view domain() const { return std::string_view(address).substr(address.rfind('@') + 1); }
};

// An address that can stand in a mail as it is: one @, ASCII, no blanks, at most 254 bytes.
bool is_address(std::string_view text);

// Its ASCII letters as small ones: two addresses that differ in nothing else are one mailbox.
std::string lower(std::string_view text);

// Why this recipient may not read what its role gets, or nothing: the brand's people have to be of the brand's domains,
// the agency's of its own. `own`: those. `tenant`: the brand's id, for what can be done about it.
std::optional<Note> outsider(const Recipient& recipient, const DeliveryTerms& terms,
                             const std::vector<std::string>& own, const std::string& tenant = "TENANT");

// The same, and why nothing may be sent to it now.
std::optional<Note> refusal(const Recipient& recipient, const DeliveryTerms& terms, const std::vector<std::string>& own,
                            const std::string& tenant = "TENANT");

// A term that is a list, with one more in it, as `siyu tenant set` takes it.
std::string with_one_more(const std::vector<std::string>& list, const std::string& more);

// The recipients of one brand. Whoever was removed keeps the number, so that what was sent can still be read.
class People {
  public:
    People(Database& database, std::int64_t tenant) : database_(database), tenant_(tenant) {}

    // Whoever had the address before is the same again: with the number, so that links and what was sent stay theirs,
    // and unsubscribed where they were. Throws Error (wrong use) for an address that is none or is there already. Part
    // of the caller's Transaction.
    Recipient add(Recipient recipient);
    // Who had the address and was removed.
    std::optional<Recipient> removed(std::string_view address);
    // Throws Error (wrong use) for a WeCom group that would get another brand's reports too, or the agency's edition
    // after a brand's.
    void save(const Recipient& recipient);
    std::vector<Recipient> list();  // without those who were removed
    std::optional<Recipient> find(std::int64_t number);
    // Throws Error (wrong use) naming those that there are.
    Recipient find(std::string_view address);

    // Of all other brands: the addresses of their people.
    std::vector<std::string> addresses_of_others();

  private:
    std::vector<Recipient> all();
    void check_group(const Recipient& recipient);

    Database& database_;
    std::int64_t tenant_;
};

}  // namespace siyu
