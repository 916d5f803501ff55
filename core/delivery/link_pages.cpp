// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/link_pages.hpp"

#include <algorithm>

#include "core/base/embedded.hpp"
#include "core/base/zone.hpp"
#include "core/store/retry.hpp"
#include "reports/document_bytes.hpp"
#include "reports/page.hpp"
#include "reports/template.hpp"

namespace siyu {

namespace {

constexpr const char* page_template = "core/delivery/templates/link.html.mustache";

// A page with a few words and, where it asks something, a form.
struct Words {
    std::string title, words, act = {}, first = {};
};

Filling filling(const Catalogue& say, const Words& words) {
    Filling page;
    page.texts = {{"language", say.language() == Language::zh ? "zh-CN" : "en"},
                  {"title", words.title},
                  {"words", words.words},
                  {"act", words.act},
                  {"first", words.first}};
    page.flags = {{"asks", !words.act.empty()}, {"has_figures", false}};
    return page;
}

WebAnswer answer_with(const Filling& page, int status = 200) {
    return {status, "text/html; charset=utf-8",
            render(page_template, embedded_file(page_template), page, Escape::html)};
}

WebAnswer plain(const Catalogue& say, const char* id, std::vector<std::pair<std::string, std::string>> with = {},
                int status = 200) {
    const std::string name = std::string("delivery.web.") + id;
    return answer_with(filling(say, {say({name + "_title"}, with), say({name}, with)}), status);
}

std::vector<std::string> chosen(const std::string& text) {
    std::vector<std::string> ids;
    std::string id;
    for (const char c : text + "\n") {
        if (c != '\n')
            id += c;
        else if (!id.empty())
            ids.push_back(std::exchange(id, {}));
    }
    return ids;
}

}  // namespace

WebAnswer LinkPages::answer(const WebRequest& request, std::int64_t now) {
    const auto link = signer_.read(request.path, now);
    std::optional<Recipient> reader;
    if (link) reader = People(database_, link->tenant).find(link->recipient);
    if (!reader || reader->removed) return plain(catalogue(Language::zh), "nothing", {}, 404);
    const Tenant tenant = Tenants(database_).find(link->tenant);
    if (link->purpose == Link::Purpose::unsubscribe) return unsubscribe(request, tenant, *reader, now);
    const auto found = document(*link, tenant, *reader, now);
    if (!found) return plain(catalogue(reader->language), "nothing", {}, 404);
    if (link->purpose != Link::Purpose::answer) return page(*found);
    return figures(request, *link, tenant, *reader, *found, now);
}

WebAnswer LinkPages::unsubscribe(const WebRequest& request, const Tenant& tenant, Recipient reader, std::int64_t now) {
    const Catalogue& say = catalogue(reader.language);
    if (request.method == "POST") {
        const auto act = request.form.find("do");
        const bool back = act != request.form.end() && act->second == "subscribe";
        retrying([&] {
            Transaction transaction(database_, tenant.number);
            People people(database_, tenant.number);
            reader = people.find(reader.number).value_or(reader);  // as it stands by now
            if (back || reader.unsubscribed_at == 0) reader.unsubscribed_at = back ? 0 : now;
            people.save(reader);
            transaction.commit();
        });
    }
    const std::string name = reader.unsubscribed_at > 0 ? "delivery.web.unsubscribed" : "delivery.web.unsubscribe";
    const char* act = reader.unsubscribed_at > 0 ? "subscribe" : "unsubscribe";
    return answer_with(filling(say, {say(name + "_title", {{"brand", tenant.name}}),
                                     say(name, {{"brand", tenant.name}}), act, say(name + "_button")}));
}

std::optional<Document> LinkPages::document(const Link& link, const Tenant& tenant, const Recipient& reader,
                                            std::int64_t now) {
    const Audience audience = link.purpose == Link::Purpose::inside ? Audience::agency : Audience::brand;
    // Whoever is the brand's now reads nothing of the agency's, and nobody of the agency answers for the brand.
    if (reader.audience() != audience && link.purpose != Link::Purpose::page) return std::nullopt;
    const Day today = Zone(tenant.timezone).day_of({now * micros_per_second});
    if (outsider(reader, delivery_terms(Tenants(database_).agreement(tenant), today), own_domains_))
        return std::nullopt;
    Publications publications(database_);
    const auto publication = publications.find(*link.about);
    using enum PublicationState;
    if (!publication || (publication->state != released && publication->state != done)) return std::nullopt;
    // Whoever reads another language by now was sent it in one that there is.
    std::optional<Document> found;
    for (const Content& content : publications.contents(*link.about))
        if (content.audience == audience && (!found || content.language == reader.language))
            found = read_document(content.bytes);
    return found;
}

WebAnswer LinkPages::page(const Document& document) {
    const Catalogue& say = catalogue(document.language == "en" ? Language::en : Language::zh);
    return {200, "text/html; charset=utf-8", html_page(document, say)};
}

WebAnswer LinkPages::figures(const WebRequest& request, const Link& link, const Tenant& tenant, const Recipient& reader,
                             const Document& document, std::int64_t now) {
    const Catalogue& say = catalogue(reader.language);
    if (FollowUps(database_, tenant.number).is_used(link.name())) return plain(say, "used");
    const auto field = [&](const char* name) {
        const auto at = request.form.find(name);
        return at == request.form.end() ? std::string() : at->second;
    };
    const std::vector<std::string> ticked = chosen(field("figure"));
    const std::string words = field("said");
    const auto ask = [&](const char* id, int status) {
        Filling page = filling(say, {say("delivery.web.answer_title", {{"brand", tenant.name}}),
                                     say(std::string("delivery.web.") + id, {{"period", document.period}}), "answer",
                                     say("delivery.web.confirm_button")});
        page.flags["has_figures"] = true;
        page.texts["legend"] = say("delivery.web.legend");
        page.texts["said_label"] = say("delivery.web.said");
        page.texts["said"] = words;
        page.texts["second"] = say("delivery.web.dispute_button");
        for (const ToldFigure& figure : document.figures)
            page.lists["figures"].push_back(
                {.texts = {{"id", figure.id}, {"name", figure.title}, {"value", figure.text}},
                 .flags = {{"ticked", std::find(ticked.begin(), ticked.end(), figure.id) != ticked.end()}}});
        return answer_with(page, status);
    };
    if (request.method != "POST") return ask("answer", 200);

    // Nobody is taken to have said what was not said: who doubts something and presses the wrong button is asked again.
    const bool disputes = field("do") == "dispute";
    if (!disputes && field("do") != "confirm") return ask("answer", 400);
    if (!disputes && (!ticked.empty() || words.find_first_not_of(" \t\r\n") != std::string::npos))
        return ask("unclear", 400);
    std::vector<KeptObjection> said;
    for (const ToldFigure& figure : document.figures)
        if (std::find(ticked.begin(), ticked.end(), figure.id) != ticked.end())
            said.push_back({0, *link.about, reader.number, figure.id, figure.title, words, {}, now, 0});
    if (disputes && said.empty()) return ask("choose", 400);
    if (!disputes) said.push_back({0, *link.about, reader.number, {}, {}, {}, {}, now, now});
    const bool first = retrying([&] {
        Transaction transaction(database_, tenant.number);
        FollowUps kept(database_, tenant.number);
        if (!kept.use(link.name(), now)) return false;
        KeptObjection last;
        std::string titles;
        for (const KeptObjection& one : said) {
            last = kept.add(one);
            titles += (titles.empty() ? "" : say("report.comma")) + one.title;
        }
        if (disputes)
            notify_(
                tenant, "notice:objection:" + link.about->about() + ":" + std::to_string(last.number),
                Note{"delivery.notice.objection", {{"figure", titles}, {"said", last.said}, {"who", reader.called()}}});
        transaction.commit();
        return true;
    });
    return plain(say, !first ? "used" : disputes ? "disputed" : "confirmed");
}

}  // namespace siyu
