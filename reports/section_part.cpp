// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "reports/parts.hpp"
#include "reports/section_markup.hpp"
#include "reports/template.hpp"

namespace siyu {

namespace {

// What every section may ask for (docs/reports.md).
Filling common_filling(const View& view) {
    Filling filling;
    auto& texts = filling.texts;
    texts["tenant"] = view.card.tenant_name.empty() ? view.card.tenant : view.card.tenant_name;
    texts["period"] = view.words.period(view.card.period);
    texts["first"] = to_string(view.card.period.first);
    texts["last"] = to_string(view.card.period.last);
    for (const View::Entry& entry : view.entries()) {
        const std::string& id = entry.kpi->id;
        texts[id] = view.words.figure(entry.figure->value, entry.kpi->unit);
        texts[id + "_prev"] = view.words.figure(entry.figure->prev, entry.kpi->unit);
        texts[id + "_change"] = view.words.change(view.change(entry));
        texts[id + "_title"] = view.title(*entry.kpi);
        texts[id + "_line"] = view.line_cell(entry).text;
        texts[id + "_attainment"] = view.attainment_cell(entry).text;
    }
    return filling;
}

// An empty text is there and says nothing: {{#key}} leaves it out, {{^key}} stands in for it.
void put(const std::string& key, const Shown& shown, const Wording& words, Filling& filling) {
    const std::string text = shown.figure ? words.figure(shown.figure->first, shown.figure->second) : shown.text;
    if (text.empty()) {
        filling.texts.erase(key);
        filling.flags[key] = false;
    } else {
        filling.flags.erase(key);
        filling.texts[key] = text;
    }
}

// The list and the key in its rows of `guides.name`; no list for a key that stands alone.
std::pair<std::string, std::string> list_and_key(const std::string& declared) {
    const std::size_t dot = declared.find('.');
    if (dot == std::string::npos) return {"", declared};
    return {declared.substr(0, dot), declared.substr(dot + 1)};
}

void add(const SectionContent& content, const Section& section, const Wording& words, Filling& filling) {
    for (const auto& [key, shown] : content.keys) put(key, shown, words, filling);
    // What a row does not give is empty there, and not the page's key of the same name.
    std::map<std::string, Filling> blank;
    for (const std::string& declared : section.keys) {
        const auto [list, key] = list_and_key(declared);
        if (list.empty()) continue;
        blank[list].flags[key] = false;
        filling.lists[list];
    }
    for (const auto& [list, rows] : content.lists) {
        std::vector<Filling>& out = filling.lists[list];
        for (const SectionContent::Row& row : rows) {
            Filling& cells = out.emplace_back(blank[list]);
            for (const auto& [key, shown] : row) put(key, shown, words, cells);
        }
    }
}

// Everything that a template of the section may ask for somewhere.
std::set<std::string> names(const Filling& filling, const Section& section) {
    std::set<std::string> names;
    for (const auto& [key, text] : filling.texts) names.insert(key);
    for (const auto& [key, flag] : filling.flags) names.insert(key);
    for (const std::string& declared : section.keys) {
        const auto [list, key] = list_and_key(declared);
        if (!list.empty()) names.insert({list, key});
    }
    return names;
}

// Its fill ended early, as data are missing: without their rows the lists of a template would say that there is
// nothing.
bool lacks_rows(const Section& section, const SectionContent& content) {
    return content.not_ready && std::any_of(section.keys.begin(), section.keys.end(),
                                            [](const std::string& key) { return !list_and_key(key).first.empty(); });
}

}  // namespace

std::vector<PagePart> section_parts(const View& view) {
    std::vector<PagePart> parts;
    const Filling common = common_filling(view);
    for (const Section& section : view.card.blueprint.sections) {
        if (!section.stands_in(view.card.period.rhythm) || !view.shows(section.audience)) continue;
        Filling filling = common;
        filling.texts["title"] = view.title(section.title_zh, section.title_en, section.id);
        const auto own = view.card.sections.find(section.id);
        const bool late = own != view.card.sections.end() && lacks_rows(section, own->second);
        if (own != view.card.sections.end()) add(own->second, section, view.words, filling);
        const std::string text = view.title(section.template_zh, section.template_en, "");
        const std::set<std::string> given = names(filling, section);
        for (const std::string& key : keys_of(section.id, text))
            if (!given.contains(key))
                throw Error(Error::refused, "report.error.key", {{"template", section.id}, {"key", key}});
        PagePart part{"section-" + std::to_string(parts.size() + 1), filling.texts["title"], {}};
        if (late)
            part.blocks.push_back(Paragraph{view.say("report.empty.section"), Tone::bad});
        else
            part.blocks.push_back(section_markup(section.id, render(section.id, text, filling, Escape::html)));
        parts.push_back(std::move(part));
    }
    return parts;
}

}  // namespace siyu
