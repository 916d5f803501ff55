// SPDX-License-Identifier: Apache-2.0
#include "reports/quality_page.hpp"

#include <algorithm>

#include "core/base/text_table.hpp"
#include "core/engine/quality.hpp"
#include "reports/quality_words.hpp"

namespace siyu {

namespace {

// So many things to do stand at the top of the page.
constexpr std::size_t first_things = 3;

// What was found, as lines to work off.
struct Item {
    std::string day, text, place, todo;
};

struct Pile {
    const char* name;  // `quality.page.NAME`
    Tone tone;
    std::vector<Item> items = {};
};

std::string days_of(const View& view, const DaySpan& days) {
    const std::string first = view.words.day(days.first);
    return days.first == days.last ? first : first + "–" + view.words.day(days.last);
}

// By what to do first; what is one of many lies where the day says.
std::vector<Pile> piles_of(const View& view) {
    std::vector<Pile> piles{{"hold", Tone::bad}, {"warning", Tone::excess}, {"note", Tone::plain}};
    std::vector<const Quality*> found;
    for (const Quality& quality : view.card.quality)
        if (view.shows(quality.audience)) found.push_back(&quality);
    std::stable_sort(found.begin(), found.end(), [](const Quality* a, const Quality* b) {
        return a->day.value_or(earliest_day) < b->day.value_or(earliest_day);
    });
    for (const Quality* quality : found)
        piles[quality->weight == Quality::Weight::hold      ? 0
              : quality->weight == Quality::Weight::warning ? 1
                                                            : 2]
            .items.push_back({quality->day ? view.words.day(*quality->day) : "", view.sentence(quality->note),
                              told(quality->places, view.say), to_do(*quality, view.card.tenant, view.say)});
    for (const RejectedRows& rows : view.card.rejected)
        piles[rows.maybe_mended ? 2 : 1].items.push_back(
            {rows.days ? days_of(view, *rows.days) : "",
             view.say("quality.rejected",
                      {{"rows", std::to_string(rows.rows)}, {"file", rows.file}, {"batch", rows.batch}}),
             told(rows.first, view.say), to_do(rows, view.card.tenant, view.say)});
    return piles;
}

// The checks that had something to look at and found nothing.
std::vector<std::string> fine_checks(const View& view) {
    std::vector<std::string> fine;
    for (const QualityCheck& check : quality_checks()) {
        const auto& looked = view.card.looked;
        if (std::find(looked.begin(), looked.end(), check.name) == looked.end()) continue;
        const bool found = std::any_of(view.card.quality.begin(), view.card.quality.end(), [&](const Quality& quality) {
            const std::string_view id = std::string_view(quality.note.id).substr(quality.note.id.rfind('.') + 1);
            return std::find(check.notes.begin(), check.notes.end(), id) != check.notes.end();
        });
        if (found || (check.name == "rejected" && !view.card.rejected.empty())) continue;
        fine.push_back(view.say("quality.check." + std::string(check.name)));
    }
    return fine;
}

std::string summary(const View& view, const std::vector<Pile>& piles) {
    std::vector<std::pair<std::string, std::string>> counts{{"days", std::to_string(view.card.period.days())}};
    for (const Pile& pile : piles) counts.emplace_back(pile.name, std::to_string(pile.items.size()));
    const bool any = std::any_of(piles.begin(), piles.end(), [](const Pile& pile) { return !pile.items.empty(); });
    return view.say(any ? "quality.page.summary" : "quality.page.nothing", std::move(counts));
}

PageTable table_of(const Pile& pile, const View& view) {
    const auto title = [&](const char* column) { return view.say(std::string("quality.page.column.") + column); };
    PageTable table{.caption = view.say(std::string("quality.page.") + pile.name),
                    .columns = {{title("day"), false},
                                {.title = title("text"), .number = false, .wide = true},
                                {.title = title("place"), .number = false, .wide = true},
                                {.title = title("todo"), .number = false, .wide = true}},
                    .cards = true};
    for (const Item& item : pile.items)
        table.rows.push_back(
            {.cells = {{item.day.empty() ? view.say("quality.page.no_day") : item.day, pile.tone, true},
                       {item.text},
                       {item.place.empty() ? "–" : item.place, Tone::muted},
                       {item.todo}}});
    return table;
}

}  // namespace

bool needs_a_look(const Scorecard& card) {
    return std::ranges::any_of(card.rejected, [](const RejectedRows& rows) { return !rows.maybe_mended; }) ||
           std::any_of(card.quality.begin(), card.quality.end(),
                       [](const Quality& quality) { return quality.weight != Quality::Weight::note; });
}

Document quality_document(const View& view) {
    const Scorecard& card = view.card;
    const std::vector<Pile> piles = piles_of(view);
    Document document;
    document.language = view.say.language() == Language::zh ? "zh-CN" : "en";
    document.brand = card.tenant_name.empty() ? card.tenant : card.tenant_name;
    document.kind = view.say("quality.page.title");
    document.first = to_string(card.period.first);
    document.last = to_string(card.period.last);
    document.period = card.period.days() == 1 ? document.first : document.first + " – " + document.last;
    document.title = document.brand + " · " + document.kind + " · " + document.period;
    document.comparison = view.say("quality.page.basis");
    document.as_of = view.say("report.as_of", {{"date", document.last}, {"zone", card.timezone}});
    document.audience = view.say("report.audience.agency");
    document.for_agency = true;
    document.happened = summary(view, piles);
    document.no_decision = view.say("quality.page.nothing_to_do");
    for (const Pile& pile : piles) {
        if (pile.items.empty()) continue;
        for (const Item& item : pile.items)
            if (pile.tone != Tone::plain && document.decisions.size() < first_things)
                document.decisions.push_back(item.text);
        document.parts.push_back(
            {pile.name, view.say(std::string("quality.page.part.") + pile.name), {Block(table_of(pile, view))}});
    }
    if (const auto fine = fine_checks(view); !fine.empty())
        document.parts.push_back({"fine",
                                  view.say("quality.page.part.fine"),
                                  {Block(Paragraph{view.words.list(fine) + view.say("report.stop"), Tone::good})}});
    document.footer = view.say("quality.page.footer", {{"tenant", card.tenant}});
    return document;
}

std::string quality_text(const View& view) {
    const std::vector<Pile> piles = piles_of(view);
    std::string text = view.card.tenant_name + "  " + to_string(view.card.period.first) + ".." +
                       to_string(view.card.period.last) + "  " + summary(view, piles) + "\n";
    for (const Pile& pile : piles) {
        if (pile.items.empty()) continue;
        text += "\n" + view.say(std::string("quality.page.part.") + pile.name) + "\n";
        TextTable table({view.say("quality.page.column.day"), view.say("quality.page.column.text")});
        for (const Item& item : pile.items) {
            table.add({item.day, item.text});
            if (!item.place.empty()) table.add({"", view.say("quality.page.from", {{"place", item.place}})});
            if (!item.todo.empty()) table.add({"", "→ " + item.todo});
        }
        text += table.text();
    }
    if (const auto fine = fine_checks(view); !fine.empty())
        text += "\n" + view.say("quality.page.part.fine") + ": " + view.words.list(fine) + "\n";
    return text;
}

}  // namespace siyu
