// SPDX-License-Identifier: Apache-2.0
#include "reports/parts.hpp"
#include "reports/section_markup.hpp"
#include "reports/template.hpp"

namespace siyu {

namespace {

bool wanted(const Section& section, Rhythm rhythm) {
    switch (rhythm) {
        case Rhythm::daily: return section.daily;
        case Rhythm::weekly: return section.weekly;
        case Rhythm::monthly: break;
    }
    return section.monthly;
}

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

}  // namespace

std::vector<PagePart> section_parts(const View& view) {
    std::vector<PagePart> parts;
    const Filling common = common_filling(view);
    for (const Section& section : view.card.blueprint.sections) {
        if (!wanted(section, view.card.period.rhythm) || !view.shows(section.audience)) continue;
        Filling filling = common;
        filling.texts["title"] = view.title(section.title_zh, section.title_en, section.id);
        if (const auto own = view.card.section_texts.find(section.id); own != view.card.section_texts.end())
            for (const auto& [key, text] : own->second) filling.texts[key] = text;
        const std::string text = view.title(section.template_zh, section.template_en, "");
        for (const std::string& key : keys_of(section.id, text))
            if (!filling.texts.contains(key))
                throw Error(Error::refused, "report.error.key", {{"template", section.id}, {"key", key}});
        PagePart part{"section-" + std::to_string(parts.size() + 1), filling.texts["title"], {}};
        part.blocks.push_back(section_markup(section.id, render(section.id, text, filling, Escape::html)));
        parts.push_back(std::move(part));
    }
    return parts;
}

}  // namespace siyu
