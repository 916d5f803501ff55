// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/link_pages.hpp"

#include <algorithm>

#include "core/base/embedded.hpp"
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
    switch (link->purpose) {
        case Link::Purpose::unsubscribe: return unsubscribe(request, tenant, *reader, now);
        case Link::Purpose::page: return page(*link, *reader);
        case Link::Purpose::answer: return figures(request, *link, tenant, *reader, now);
    }
    return {};
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

std::optional<Document> LinkPages::document(const Link& link, const Recipient& reader) {
    Publications publications(database_);
    const auto publication = publications.find(*link.about);
    using enum PublicationState;
    if (!publication || (publication->state != released && publication->state != done)) return std::nullopt;
    for (const Content& content : publications.contents(*link.about))
        if (content.audience == reader.audience() && content.language == reader.language)
            return read_document(content.bytes);
    return std::nullopt;
}

WebAnswer LinkPages::page(const Link& link, const Recipient& reader) {
    const Catalogue& say = catalogue(reader.language);
    const auto found = document(link, reader);
    if (!found) return plain(say, "nothing", {}, 404);
    return {200, "text/html; charset=utf-8", html_page(*found, say)};
}

WebAnswer LinkPages::figures(const WebRequest& request, const Link& link, const Tenant& tenant, const Recipient& reader,
                             std::int64_t now) {
    const Catalogue& say = catalogue(reader.language);
    const auto found = document(link, reader);
    if (!found || reader.role != Role::brand) return plain(say, "nothing", {}, 404);
    FollowUps follow_ups(database_, tenant.number);
    if (follow_ups.is_used(link.name())) return plain(say, "used");
    if (request.method != "POST") {
        Filling page = filling(say, {say("delivery.web.answer_title", {{"brand", tenant.name}}),
                                     say("delivery.web.answer", {{"period", found->period}}), "answer",
                                     say("delivery.web.confirm_button")});
        page.flags["has_figures"] = true;
        page.texts["legend"] = say("delivery.web.legend");
        page.texts["said_label"] = say("delivery.web.said");
        page.texts["second"] = say("delivery.web.dispute_button");
        for (const ToldFigure& figure : found->figures)
            page.lists["figures"].push_back(
                {.texts = {{"id", figure.id}, {"name", figure.title}, {"value", figure.text}}});
        return answer_with(page);
    }
    const auto field = [&](const char* name) {
        const auto at = request.form.find(name);
        return at == request.form.end() ? std::string() : at->second;
    };
    const bool disputes = field("do") == "dispute";
    std::vector<KeptObjection> said;
    for (const std::string& id : chosen(field("figure")))
        for (const ToldFigure& figure : found->figures)
            if (figure.id == id && disputes &&
                std::none_of(said.begin(), said.end(), [&](const KeptObjection& other) { return other.figure == id; }))
                said.push_back({0, *link.about, reader.number, id, figure.title, field("said"), {}, now, 0});
    if (disputes && said.empty()) return plain(say, "choose", {}, 400);
    if (!disputes) said.push_back({0, *link.about, reader.number, {}, {}, field("said"), {}, now, now});
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
            notify_(tenant, "notice:objection:" + link.about->about() + ":" + std::to_string(last.number),
                    Note{"delivery.notice.objection", {{"figure", titles}, {"said", last.said}}});
        transaction.commit();
        return true;
    });
    return plain(say, !first ? "used" : disputes ? "disputed" : "confirmed");
}

}  // namespace siyu
