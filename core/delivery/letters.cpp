// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/letters.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/zone.hpp"
#include "reports/quality_words.hpp"

namespace siyu {

namespace {

constexpr int logo_width = 240, logo_height = 64;
constexpr std::int64_t seconds_of_a_day = 86'400;

std::string domain_of(const std::string& address) { return address.substr(address.rfind('@') + 1); }

std::string dotted(std::string text) {
    std::replace(text.begin(), text.end(), ':', '.');
    return text;
}

// Of the workbook and the PDF, which tell a time of their own: the end of the period, so that they stay the same.
std::int64_t end_of(const PublicationKey& key) { return (std::int64_t{key.last.number} + 1) * seconds_of_a_day; }

// What a subject has room for: commands and what else is to be done stand in the mail.
std::string first_clause(const std::string& text) {
    std::size_t end = text.size();
    for (const char* mark : {"：", "。", "；", ": ", ". ", "; "}) end = std::min(end, text.find(mark));
    return text.substr(0, end);
}

}  // namespace

Stationery Letters::stationery(const DeliveryTerms& terms, const std::string& logo) const {
    Stationery stationery;
    stationery.colour = terms.colour;
    stationery.red_is_good = terms.red_is_good;
    if (!logo.empty()) stationery.logo = press().logo(logo, logo_width, logo_height);
    stationery.picture_domain = domain_of(settings_.from);
    stationery.contact = terms.contact.empty() ? settings_.from : terms.contact;
    return stationery;
}

std::string Letters::page_url(const Publication& publication, const Recipient& to, std::int64_t from) const {
    const auto purpose = to.audience() == Audience::brand ? Link::Purpose::page : Link::Purpose::inside;
    return settings_.url + signer_.path({purpose, publication.key.tenant, to.number, publication.key,
                                         from + rules_.page_days * seconds_of_a_day});
}

Letter Letters::addressed(const Tenant& tenant, const Stationery& stationery, const std::string& about,
                          const Recipient& to, std::int64_t now) const {
    const std::string domain = domain_of(settings_.from);
    Letter letter;
    letter.from = {settings_.from_name, settings_.from};
    letter.to = {to.name, to.address};
    letter.reply_to = is_address(stationery.contact) ? stationery.contact : "";
    // Stable for what it is about and whom it is for, so that a mail that comes twice is known as one.
    letter.message_id = dotted(about) + "." + std::to_string(tenant.number) + "." + std::to_string(to.number) + "." +
                        sha256(about + " " + tenant.id + " " + to.address).substr(0, 16) + "@" + domain;
    letter.date = now;
    const Zone zone(tenant.timezone);
    const Instant at{now * micros_per_second};
    letter.zone_minutes = static_cast<int>((zone.to_local(at) - at.micros) / micros_per_minute);
    letter.language = to.language == Language::zh ? "zh-CN" : "en";
    letter.list_id = tenant.id + "." + domain;
    letter.unsubscribe_url =
        settings_.url + signer_.path({Link::Purpose::unsubscribe, tenant.number, to.number, std::nullopt, 0});
    letter.unsubscribe_mail = is_address(stationery.contact) ? stationery.contact : settings_.from;
    const std::size_t colon = about.find(':');
    letter.feedback_id = about.substr(0, colon) + ":" + tenant.id + ":report:siyu";
    return letter;
}

Written Letters::written(Letter letter, Mail mail) const {
    letter.subject = std::move(mail.subject);
    letter.html = std::move(mail.html);
    letter.text = std::move(mail.text);
    letter.pictures = std::move(mail.pictures);
    return {press().message(letter), letter.message_id, letter.subject};
}

Written Letters::report(const Tenant& tenant, Stationery stationery, const Publication& publication,
                        const Document& document, const Recipient& to, const std::vector<std::string>& before,
                        std::int64_t now) const {
    const Catalogue& say = catalogue(to.language);
    Letter letter = addressed(tenant, stationery, publication.key.about(), to, now);
    letter.references = before;
    stationery.reader = to.name;
    stationery.unsubscribe_url = letter.unsubscribe_url;
    // What was held for days has its time from when it goes out.
    const std::int64_t from = std::max(publication.due_at, now);
    stationery.page_url = page_url(publication, to, from);
    if (to.audience() == Audience::brand)
        stationery.answer_url =
            settings_.url + signer_.path({Link::Purpose::answer, tenant.number, to.number, publication.key,
                                          from + rules_.answer_days * seconds_of_a_day});
    const std::int64_t made_at = end_of(publication.key);
    letter.attachments.push_back({attachment_name(document, "xlsx"),
                                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                  press().xlsx(workbook_of(document, made_at, say))});
    if (publication.key.rhythm == Rhythm::monthly)
        letter.attachments.push_back({attachment_name(document, "pdf"), "application/pdf",
                                      press().pdf(print_of(document, stationery, made_at, say))});
    for (const Letter::Part& part : letter.attachments) stationery.attached.push_back(part.name);
    return written(std::move(letter), mail_of(document, stationery, say, press()));
}

Written Letters::notice(const Tenant& tenant, Stationery stationery, const std::string& about, const Note& what,
                        const Recipient& to, std::int64_t now) const {
    const Catalogue& say = catalogue(to.language);
    Letter letter = addressed(tenant, stationery, about, to, now);
    stationery.reader = to.name;
    stationery.unsubscribe_url = letter.unsubscribe_url;
    Document document;
    document.language = letter.language;
    document.brand = tenant.name;
    document.kind = say("delivery.notice.kind");
    document.happened = told(what, say);
    document.for_agency = true;
    const std::string what_first = first_clause(document.happened);
    document.subject = say("delivery.notice.subject", {{"brand", tenant.name}, {"what", what_first}});
    document.title = document.subject;
    return written(std::move(letter), mail_of(document, stationery, say, press()));
}

std::string texts_in(const std::string& document) {
    std::string texts;
    const auto gather = [&texts](const nlohmann::json& json, const auto& again) -> void {
        if (json.is_string()) texts += json.get_ref<const std::string&>() + "\n";
        if (json.is_structured())
            for (const auto& inner : json) again(inner, again);
    };
    gather(nlohmann::json::parse(document), gather);
    return texts;
}

std::optional<std::string> foreign_name(std::string text, const Tenant& own, const DeliveryTerms& terms,
                                        const std::vector<Tenant>& tenants,
                                        const std::vector<std::string>& other_addresses) {
    const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
    text = lower(text);
    std::vector<std::string> allowed{lower(own.name)};
    for (const std::string& word : terms.scan_ignores) allowed.push_back(lower(word));
    // Within a word that may stand there: 曙光 in 曙光护肤, but not the other way round.
    const auto is_covered = [&](std::size_t at, std::size_t end) {
        return std::any_of(allowed.begin(), allowed.end(), [&](const std::string& word) {
            if (word.size() < end - at) return false;
            for (std::size_t from = end - std::min(end, word.size()); from <= at; ++from)
                if (text.compare(from, word.size(), word) == 0) return true;
            return false;
        });
    };
    // A name of Latin letters has to stand by itself; between Chinese characters there is no such border.
    const auto holds = [&](const std::string& name) {
        const std::string words = lower(name);
        for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
            const std::size_t end = at + words.size();
            const bool glued = (at > 0 && is_letter(text[at - 1]) && is_letter(words.front())) ||
                               (end < text.size() && is_letter(text[end]) && is_letter(words.back()));
            if (!glued && !is_covered(at, end)) return true;
        }
        return false;
    };
    for (const Tenant& other : tenants) {
        if (other.number == own.number || other.name == own.name) continue;
        // A single letter says nothing.
        if (other.name.size() > 1 && holds(other.name)) return other.name;
    }
    for (const std::string& address : other_addresses)
        if (holds(address)) return address;
    return std::nullopt;
}

}  // namespace siyu
