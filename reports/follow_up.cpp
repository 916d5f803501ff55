// SPDX-License-Identifier: Apache-2.0
#include "reports/follow_up.hpp"

#include <algorithm>

#include "reports/wording.hpp"

namespace siyu {

namespace {

const ToldFigure* find(const Document& document, const std::string& id) {
    const auto& all = document.figures;
    const auto found = std::find_if(all.begin(), all.end(), [&](const ToldFigure& figure) { return figure.id == id; });
    return found == all.end() ? nullptr : &*found;
}

// The parts that people add, in one language.
class Parts {
  public:
    Parts(const FollowUp& more, Day today, const Catalogue& say) : more_(more), today_(today), say_(say), words_(say) {}

    std::vector<PagePart> all() const {
        std::vector<PagePart> parts;
        if (more_.edition > 1) parts.push_back(correction_part());
        if (more_.comment.find_first_not_of(" \t\r\n") != std::string::npos) parts.push_back(comment_part());
        if (!more_.steps.empty()) parts.push_back(step_part());
        if (!more_.objections.empty()) parts.push_back(objection_part());
        if (!more_.confirmations.empty()) parts.push_back(confirmation_part());
        return parts;
    }

  private:
    PageCell text_or_none(const std::string& text) const {
        return text.empty() ? PageCell{.text = say_("report.gap.no_value"), .tone = Tone::muted} : PageCell{text};
    }
    PageTable::Column column(const char* id, bool number = false) const {
        return {say_(std::string("report.follow_up.") + id), number};
    }

    PagePart correction_part() const {
        PagePart part{"corrections", say_("report.follow_up.corrections"), {}};
        if (!more_.why.empty()) part.blocks.push_back(Paragraph{say_("report.follow_up.why", {{"why", more_.why}})});
        if (more_.corrections.empty()) {
            part.blocks.push_back(Paragraph{say_("report.follow_up.no_figure")});
            return part;
        }
        PageTable table{.caption = say_("report.follow_up.correction_caption"),
                        .columns = {column("figure"), column("before", true), column("after", true)},
                        .cards = true};
        for (const Correction& correction : more_.corrections)
            table.rows.push_back(
                {.cells = {{correction.title}, text_or_none(correction.before), text_or_none(correction.after)}});
        part.blocks.push_back(std::move(table));
        return part;
    }

    // A paragraph for each line.
    PagePart comment_part() const {
        PagePart part{"comment",
                      more_.author.empty() ? say_("report.follow_up.comment")
                                           : say_("report.follow_up.comment_by", {{"author", more_.author}}),
                      {}};
        for (std::size_t begin = 0; begin < more_.comment.size();) {
            const std::size_t end = std::min(more_.comment.find('\n', begin), more_.comment.size());
            const std::string line = more_.comment.substr(begin, end - begin);
            if (line.find_first_not_of(" \t\r") != std::string::npos) part.blocks.push_back(Paragraph{line});
            begin = end + 1;
        }
        return part;
    }

    PageCell state_of(const NextStep& step) const {
        if (step.done)
            return {.text = say_("report.follow_up.done", {{"day", words_.day(*step.done)}}),
                    .tone = Tone::good,
                    .chip = true};
        if (step.due < today_)
            return {.text = say_("report.follow_up.late", {{"days", std::to_string(today_ - step.due)}}),
                    .tone = Tone::bad,
                    .chip = true};
        return {.text = say_("report.follow_up.open"), .chip = true};
    }

    PagePart step_part() const {
        PagePart part{"steps", say_("report.follow_up.steps"), {}};
        PageTable table{.caption = say_("report.follow_up.step_caption"),
                        .columns = {column("what"), column("owner"), column("due"), column("state")},
                        .cards = true};
        for (const NextStep& step : more_.steps)
            table.rows.push_back(
                {.cells = {{step.what}, text_or_none(step.owner), {words_.day(step.due)}, state_of(step)}});
        part.blocks.push_back(std::move(table));
        return part;
    }

    PagePart objection_part() const {
        PagePart part{"objections", say_("report.follow_up.objections"), {}};
        PageTable table{.caption = say_("report.follow_up.objection_caption"),
                        .columns = {column("figure"), column("said"), column("answer"), column("state")},
                        .cards = true};
        for (const Objection& objection : more_.objections)
            table.rows.push_back(
                {.cells = {{.text = objection.figure, .note = objection.period},
                           text_or_none(objection.said),
                           text_or_none(objection.answer),
                           {.text = say_(objection.settled ? "report.follow_up.settled" : "report.follow_up.unsettled"),
                            .tone = objection.settled ? Tone::good : Tone::excess,
                            .chip = true}}});
        part.blocks.push_back(std::move(table));
        return part;
    }

    PagePart confirmation_part() const {
        PagePart part{"confirmations", say_("report.follow_up.confirmations"), {}};
        for (const Confirmation& one : more_.confirmations)
            part.blocks.push_back(Paragraph{say_("report.follow_up.confirmed", {{"period", one.period},
                                                                                {"first", one.first},
                                                                                {"count", std::to_string(one.figures)},
                                                                                {"who", one.who},
                                                                                {"day", words_.day(one.day)}})});
        return part;
    }

    const FollowUp& more_;
    const Day today_;
    const Catalogue& say_;
    const Wording words_;
};

}  // namespace

std::vector<Correction> corrections(const Document& before, const Document& after) {
    std::vector<Correction> all;
    for (const ToldFigure& figure : after.figures) {
        const ToldFigure* old = find(before, figure.id);
        if (!old || old->text != figure.text) all.push_back({figure.title, old ? old->text : "", figure.text});
    }
    for (const ToldFigure& old : before.figures)
        if (!find(after, old.id)) all.push_back({old.title, old.text, ""});
    return all;
}

void add(Document& document, const FollowUp& more, Day today, const Catalogue& say) {
    if (more.edition > 1) {
        document.marks.push_back(say("report.follow_up.edition", {{"edition", std::to_string(more.edition)}}));
        document.subject = say("report.follow_up.subject", {{"subject", document.subject}});
    }
    if (more.unapproved) document.marks.push_back(say("report.follow_up.unapproved"));
    if (more.incomplete) {
        document.marks.push_back(say("report.follow_up.incomplete"));
        // It is sent all the same, as agreed: what was said to whoever held it back is not true any more.
        document.held = false;
        std::erase(document.decisions, say("report.finding.held"));
    }
    std::vector<PagePart> parts = Parts(more, today, say).all();
    document.parts.insert(document.parts.begin(), std::make_move_iterator(parts.begin()),
                          std::make_move_iterator(parts.end()));
}

}  // namespace siyu
