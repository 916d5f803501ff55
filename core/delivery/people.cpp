// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/people.hpp"

#include <algorithm>

namespace siyu {

namespace {

constexpr std::pair<Role, std::string_view> roles[] = {
    {Role::brand, "brand"}, {Role::agency, "agency"}, {Role::pm, "pm"}};
constexpr Rhythm rhythms[] = {Rhythm::daily, Rhythm::weekly, Rhythm::monthly};

bool is_name_of_group(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

std::int64_t bits(const std::vector<Rhythm>& reports) {
    std::int64_t bits = 0;
    for (const Rhythm rhythm : reports) bits |= std::int64_t{1} << static_cast<int>(rhythm);
    return bits;
}

void check(const Recipient& recipient) {
    const bool well = recipient.is_group() ? is_name_of_group(std::string_view(recipient.address).substr(6))
                                           : is_address(recipient.address);
    if (!well) throw Error(Error::wrong_use, "delivery.bad_address", {{"address", recipient.address}});
    if (std::any_of(recipient.name.begin(), recipient.name.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }) ||
        recipient.name.size() > 200)
        throw Error(Error::wrong_use, "delivery.bad_name");
}

}  // namespace

std::string_view to_string(Role role) {
    for (const auto& [known, name] : roles)
        if (known == role) return name;
    return {};
}

std::optional<Role> parse_role(std::string_view text) {
    for (const auto& [role, name] : roles)
        if (name == text) return role;
    return std::nullopt;
}

bool Recipient::gets(Rhythm rhythm) const { return std::find(reports.begin(), reports.end(), rhythm) != reports.end(); }

bool is_address(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == 0 || at == std::string_view::npos || at > 64 || text.size() > 254) return false;
    const std::string_view local = text.substr(0, at), domain = text.substr(at + 1);
    const auto all = [](std::string_view part, std::string_view besides) {
        return std::all_of(part.begin(), part.end(), [&](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   besides.find(c) != std::string_view::npos;
        });
    };
    const auto dots = [](std::string_view part) {
        return part.starts_with('.') || part.ends_with('.') || part.find("..") != std::string_view::npos;
    };
    return all(local, ".!#$%&'*+/=?^_`{|}~-") && all(domain, ".-") && !dots(local) && !dots(domain) &&
           domain.find('.') != std::string_view::npos && !domain.starts_with('-') && !domain.ends_with('-');
}

std::string lower(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return small;
}

std::optional<Note> refusal(const Recipient& recipient, const DeliveryTerms& terms, const std::vector<std::string>& own,
                            const std::string& tenant) {
    if (recipient.removed) return Note{"delivery.refused.removed", {{"address", recipient.address}}};
    if (recipient.unsubscribed_at > 0) return Note{"delivery.refused.unsubscribed", {{"address", recipient.address}}};
    return outsider(recipient, terms, own, tenant);
}

std::string with_one_more(const std::vector<std::string>& list, const std::string& more) {
    std::string all;
    for (const std::string& one : list) all += one + ",";
    return all + more;
}

std::optional<Note> outsider(const Recipient& recipient, const DeliveryTerms& terms,
                             const std::vector<std::string>& own, const std::string& tenant) {
    // A group has no domain: who keeps the workspace's secrets has named it.
    if (recipient.is_group()) return std::nullopt;
    const std::string domain = lower(recipient.domain());
    const auto& allowed = recipient.role == Role::brand ? terms.domains : own;
    if (std::find(allowed.begin(), allowed.end(), domain) != allowed.end()) return std::nullopt;
    return Note{recipient.role == Role::brand ? "delivery.refused.domain" : "delivery.refused.not_own",
                {{"address", recipient.address},
                 {"domain", domain},
                 {"tenant", tenant},
                 {"domains", with_one_more(terms.domains, domain)}}};
}

std::vector<Recipient> People::all() {
    const auto statement = database_.prepare(
        "SELECT recipient, address, name, role, language, reports, unsubscribed_at, removed FROM recipient WHERE "
        "tenant = ? ORDER BY recipient");
    statement->with(tenant_);
    std::vector<Recipient> found;
    while (statement->step()) {
        Recipient one{statement->number(0), std::string(statement->bytes(1)), std::string(statement->bytes(2))};
        one.role = parse_role(statement->bytes(3)).value_or(Role::brand);
        one.language = statement->number(4) == 1 ? Language::en : Language::zh;
        one.reports.clear();
        for (const Rhythm rhythm : rhythms)
            if (statement->number(5) >> static_cast<int>(rhythm) & 1) one.reports.push_back(rhythm);
        one.unsubscribed_at = statement->number(6);
        one.removed = statement->number(7) != 0;
        found.push_back(std::move(one));
    }
    return found;
}

std::vector<Recipient> People::list() {
    auto found = all();
    std::erase_if(found, [](const Recipient& one) { return one.removed; });
    return found;
}

std::optional<Recipient> People::find(std::int64_t number) {
    for (Recipient& one : all())
        if (one.number == number) return one;
    return std::nullopt;
}

Recipient People::find(std::string_view address) {
    std::string there;
    for (const Recipient& one : list()) {
        if (lower(one.address) == lower(address)) return one;
        there += (there.empty() ? "" : ", ") + one.address;
    }
    throw Error(Error::wrong_use, "delivery.unknown_recipient",
                {{"address", std::string(address)}, {"there", there.empty() ? "–" : there}});
}

std::vector<std::string> People::addresses_of_others() {
    const auto statement =
        database_.prepare("SELECT address FROM recipient WHERE tenant <> ? AND role = ? AND removed = 0");
    statement->with(tenant_, to_string(Role::brand));
    std::vector<std::string> found;
    while (statement->step()) found.emplace_back(statement->bytes(0));
    return found;
}

Recipient People::add(Recipient recipient) {
    check(recipient);
    for (const Recipient& other : all()) {
        if (!other.removed && lower(other.address) == lower(recipient.address))
            throw Error(Error::wrong_use, "delivery.recipient_there", {{"address", recipient.address}});
        recipient.number = std::max(recipient.number, other.number);
    }
    ++recipient.number;
    if (const auto before = removed(recipient.address)) {
        recipient.number = before->number;
        recipient.unsubscribed_at = before->unsubscribed_at;
    }
    save(recipient);
    return recipient;
}

std::optional<Recipient> People::removed(std::string_view address) {
    std::optional<Recipient> last;
    for (Recipient& one : all())
        if (one.removed && lower(one.address) == lower(address)) last = std::move(one);
    return last;
}

// What a brand's group reads is not for another brand's, and what it costs us for no brand's at all: the group's people
// stay the same, whatever is said of its role later.
void People::check_group(const Recipient& recipient) {
    const auto statement =
        database_.prepare("SELECT tenant, recipient, role, removed FROM recipient WHERE address = ?");
    statement->with(std::string_view(recipient.address));
    bool of_another = false, of_a_brand = false;
    while (statement->step()) {
        const bool itself = statement->number(0) == tenant_ && statement->number(1) == recipient.number;
        of_another = of_another || (!itself && statement->number(3) == 0);
        of_a_brand = of_a_brand || statement->bytes(2) == to_string(Role::brand);
    }
    if (recipient.role == Role::brand ? of_another : of_a_brand)
        throw Error(Error::wrong_use,
                    recipient.role == Role::brand ? "delivery.group_of_another" : "delivery.group_of_a_brand",
                    {{"address", recipient.address}});
}

void People::save(const Recipient& recipient) {
    check(recipient);
    if (recipient.is_group() && !recipient.removed) check_group(recipient);
    database_
        .prepare(
            "REPLACE INTO recipient (tenant, recipient, address, name, role, language, reports, unsubscribed_at, "
            "removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        ->with(tenant_, recipient.number, std::string_view(recipient.address), std::string_view(recipient.name),
               to_string(recipient.role), std::int64_t{recipient.language == Language::en ? 1 : 0},
               bits(recipient.reports), recipient.unsubscribed_at, std::int64_t{recipient.removed ? 1 : 0})
        .run();
}

}  // namespace siyu
