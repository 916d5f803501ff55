// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/editor.hpp"

#include <set>

#include "core/delivery/follow_ups.hpp"
#include "core/delivery/people.hpp"
#include "core/jobs/pages.hpp"
#include "reports/document_bytes.hpp"

namespace siyu {

namespace {

// Of both audiences.
ReportOrder documents_order(const PublicationKey& key, Language language) {
    return {key.rhythm, key.last, language, {"brand", "agency"}, {"document"}};
}

std::string period_text(const PublicationKey& key) {
    const Period period = key.period();
    return (period.first == period.last ? "" : to_string(period.first) + " – ") + to_string(period.last);
}

}  // namespace

Editor::Made Editor::pages_of(const Publication& publication, const Basis& basis) {
    std::set<Language> languages{Language::zh};
    for (const Recipient& one : People(database_, publication.key.tenant).list()) languages.insert(one.language);
    Made made;
    bool all = true;
    for (const Language language : languages) {
        const ReportOrder order = documents_order(publication.key, language);
        const JobKey job{publication.key.tenant, JobKind::render, order.name()};
        const Answer answer = queue_.ask(job, basis);
        if (answer != Answer::done) {
            all = false;
            made.stands = made.stands || answer == Answer::stands;
            if (const auto found = queue_.find(job); found && found->attempts > 0) made.reason = found->reason;
            continue;
        }
        for (StoredPage& page : Pages(database_, publication.key.tenant).get(order))
            made.pages.push_back(
                {page.audience == "brand" ? Audience::brand : Audience::agency, language, std::move(page.bytes)});
    }
    if (!all) made.pages.clear();
    return made;
}

std::vector<Confirmation> Editor::confirmations(const PublicationKey& key, Language language) {
    std::vector<Confirmation> told;
    for (const KeptObjection& kept : FollowUps(database_, key.tenant).confirmations_for(key.period())) {
        const auto who = People(database_, key.tenant).find(kept.recipient);
        std::vector<ToldFigure> figures;  // as they were told, in this language where that was one
        for (const Content& content : Publications(database_).contents(kept.about))
            if (content.audience == Audience::brand && (figures.empty() || content.language == language))
                figures = read_document(content.bytes).figures;
        if (who && !figures.empty())
            told.push_back({figures[0].title, figures.size(), period_text(kept.about), who->called(),
                            FollowUps::day_of(kept.said_at)});
    }
    return told;
}

Editor::Composed Editor::compose(const Publication& publication, const std::vector<Content>& pages, Day today,
                                 bool unapproved) {
    const PublicationKey& key = publication.key;
    FollowUps follow_ups(database_, key.tenant);
    std::vector<Content> before;
    if (key.edition > 1) before = Publications(database_).contents({key.tenant, key.rhythm, key.last, key.edition - 1});
    Composed composed;
    for (const Content& page : pages) {
        Document document = read_document(page.bytes);
        const Catalogue& say = catalogue(page.language);
        FollowUp more;
        more.comment = publication.note;
        more.author = publication.author;
        more.steps = follow_ups.steps_for(key.period());
        more.edition = static_cast<int>(key.edition);
        more.why = publication.why;
        more.unapproved = unapproved;
        more.incomplete = publication.marks.incomplete;
        for (const KeptObjection& kept : follow_ups.objections_for(key.period()))
            more.objections.push_back(
                {kept.title, period_text(kept.about), kept.said, kept.answer, kept.settled_at > 0});
        more.confirmations = confirmations(key, page.language);
        for (const Content& old : before)
            if (old.audience == page.audience && old.language == page.language)
                more.corrections = corrections(read_document(old.bytes), document);
        add(document, more, today, say);
        composed.corrections += more.corrections.size();
        composed.contents.push_back({page.audience, page.language, write_document(document)});
    }
    return composed;
}

}  // namespace siyu
