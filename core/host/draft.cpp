// SPDX-License-Identifier: Apache-2.0
#include "core/host/draft.hpp"

#include "core/host/instance.hpp"
#include "core/host/template.hpp"
#include "core/host/wire.hpp"

namespace siyu {

namespace {

constexpr std::size_t most_title = 200, most_template = 65536, most_keys = 200;

// The element of that id, replaced where an extended plugin declared it, at the end where nobody did.
template <class Element, class Same>
Element& place(std::vector<Element>& elements, Same same) {
    const auto found = std::find_if(elements.begin(), elements.end(), same);
    if (found != elements.end()) return *found;
    return elements.emplace_back();
}

}  // namespace

Draft::Draft(Blueprint& blueprint, Instance& instance, Extend extend)
    : blueprint_(blueprint), instance_(instance), extend_(std::move(extend)), expressions_(blueprint, problems_) {}

void Draft::extend(siyu_text plugin) {
    const std::string id = text(plugin, 128, "extend");
    if (!is_plugin_id(id)) return problems_.add("plugin.bad_extend", {{"other", id}});
    if (!said_.empty()) return problems_.add("plugin.late_extend", {{"other", id}});
    try {
        extend_(id);
    } catch (const Error& error) {
        problems_.add(error.note());
    }
}

void Draft::kpi(const siyu_kpi* handed) {
    const auto declared = whole(handed, "siyu_kpi");
    if (!declared) return;
    Kpi kpi;
    kpi.id = text(declared->id, 64, "siyu_kpi.id");
    if (!first_of("kpi", kpi.id)) return;
    kpi.title_zh = title(declared->title_zh, kpi.id + ".title_zh");
    kpi.title_en = title(declared->title_en, kpi.id + ".title_en");
    check_number(declared->group <= SIYU_RESULT, kpi.id + ".group", declared->group);
    check_number(declared->unit <= SIYU_MULTIPLE, kpi.id + ".unit", declared->unit);
    check_number(declared->better >= SIYU_LOWER && declared->better <= SIYU_HIGHER, kpi.id + ".better",
                 declared->better);
    check_number(declared->audience <= SIYU_AGENCY, kpi.id + ".audience", declared->audience);
    check_number(declared->flags < 2 * SIYU_HEADLINE, kpi.id + ".flags", declared->flags);
    kpi.group = static_cast<Group>(declared->group % 3);
    kpi.unit = static_cast<Unit>(declared->unit % 4);
    kpi.better = declared->better > 0 ? Better::higher : declared->better < 0 ? Better::lower : Better::neither;
    kpi.audience = declared->audience == SIYU_BRAND ? Audience::brand : Audience::agency;
    kpi.above = expressions_.used(declared->above, kpi.id + ".above");
    kpi.below = expressions_.used(declared->below, kpi.id + ".below");
    kpi.adding = declared->flags & SIYU_ADDING;
    kpi.scales_with_traffic = declared->flags & SIYU_SCALES_WITH_TRAFFIC;
    kpi.projected = declared->flags & SIYU_PROJECTED;
    kpi.headline = declared->flags & SIYU_HEADLINE;
    if (kpi.projected && !kpi.adding) problems_.add("plugin.projected_not_adding", {{"kpi", kpi.id}});
    if (declared->compute) {
        if (declared->above != 0 || declared->below != 0)
            problems_.add("plugin.compute_and_formula", {{"kpi", kpi.id}});
        kpi.above = kpi.below = none;
        kpi.compute = instance_.computing(kpi.id, declared->compute, declared->data);
    } else {
        if (declared->above == 0) problems_.add("plugin.no_formula", {{"kpi", kpi.id}});
        if (declared->below == 0) check_formula(kpi);
    }
    kpi.declared_by = instance_.plugin().id;
    place(blueprint_.kpis, [&](const Kpi& known) { return known.id == kpi.id; }) = std::move(kpi);
}

void Draft::redefine(const siyu_formula* handed) {
    const auto formula = whole(handed, "siyu_formula");
    if (!formula) return;
    const std::string id = text(formula->kpi, 64, "siyu_formula.kpi");
    if (!first_of("kpi", id)) return;
    const auto known =
        std::find_if(blueprint_.kpis.begin(), blueprint_.kpis.end(), [&](const Kpi& kpi) { return kpi.id == id; });
    if (known == blueprint_.kpis.end())
        return problems_.add_unknown("plugin.nothing_to_redefine", {{"kpi", id}}, nearest(id, kpi_ids()));
    known->above = expressions_.used(formula->above, id + ".above");
    known->below = expressions_.used(formula->below, id + ".below");
    known->compute = nullptr;
    known->declared_by = instance_.plugin().id;
    if (formula->above == 0) problems_.add("plugin.no_formula", {{"kpi", id}});
    if (formula->below == 0) check_formula(*known);
}

void Draft::lines(const siyu_lines* handed) {
    const auto declared = whole(handed, "siyu_lines");
    if (!declared) return;
    const std::string id = text(declared->kpi, 64, "siyu_lines.kpi");
    if (!first_of("lines", id)) return;
    const auto line = [&](siyu_fraction value) {
        return value.den == 0 ? std::nullopt : expressions_.fraction(value, "lines " + id);
    };
    auto& [kpi, lines] = place(blueprint_.lines, [&](const auto& known) { return known.first == id; });
    kpi = id;
    lines = {line(declared->normal), line(declared->good), line(declared->excess)};
}

void Draft::staffing(const siyu_staffing* handed) {
    const auto declared = whole(handed, "siyu_staffing");
    if (!declared || !first_of("staffing", "staffing")) return;
    const auto set = [&](siyu_fraction value, const std::string& what, Fraction& into) {
        if (value.den != 0) into = positive(value, what).value_or(into);
    };
    set(declared->members_per_guide, "members_per_guide", blueprint_.staffing.members_per_guide);
    set(declared->guides_per_operator, "guides_per_operator", blueprint_.staffing.guides_per_operator);
}

void Draft::role(const siyu_role* handed) {
    const auto declared = whole(handed, "siyu_role");
    if (!declared) return;
    Staffing::Role role;
    role.id = text(declared->id, 64, "siyu_role.id");
    if (!first_of("role", role.id)) return;
    role.title_zh = title(declared->title_zh, role.id + ".title_zh");
    role.title_en = title(declared->title_en, role.id + ".title_en");
    role.driver = expressions_.used(declared->driver, role.id + ".driver");
    role.per_person = positive(declared->per_person, role.id + ".per_person").value_or(role.per_person);
    role.at_least = declared->at_least;
    if (declared->driver == 0) problems_.add("plugin.no_driver", {{"role", role.id}});
    check_number(role.at_least >= 0, role.id + ".at_least", role.at_least);
    place(blueprint_.staffing.roles, [&](const auto& known) { return known.id == role.id; }) = std::move(role);
}

void Draft::section(const siyu_section* handed) {
    const auto declared = whole(handed, "siyu_section");
    if (!declared) return;
    Section section;
    section.id = text(declared->id, 64, "siyu_section.id");
    if (!first_of("section", section.id)) return;
    section.title_zh = title(declared->title_zh, section.id + ".title_zh");
    section.title_en = title(declared->title_en, section.id + ".title_en");
    section.template_zh = text(declared->template_zh, most_template, section.id + ".template_zh");
    section.template_en = text(declared->template_en, most_template, section.id + ".template_en");
    const bool keyed = declared->key_count <= most_keys && (declared->keys || declared->key_count == 0);
    if (!keyed) problems_.add("plugin.bad_struct", {{"what", section.id + ".keys"}});
    std::vector<std::string>& keys = section.keys;
    for (std::uint32_t i = 0; keyed && i < declared->key_count; ++i) {
        std::string key = text(declared->keys[i], 129, section.id + ".keys");
        const std::size_t dot = std::min(key.find('.'), key.size());
        if (!is_name(key.substr(0, dot)) || (dot < key.size() && !is_name(key.substr(dot + 1))))
            problems_.add("plugin.bad_name", {{"what", section.id + ".keys"}, {"name", key}});
        else if (std::find(keys.begin(), keys.end(), key) != keys.end())
            problems_.add("plugin.key_taken", {{"what", section.id}, {"key", key}});
        else
            keys.push_back(std::move(key));
    }
    constexpr std::uint32_t all = SIYU_DAILY | SIYU_WEEKLY | SIYU_MONTHLY;
    check_number(declared->periods != 0 && declared->periods <= all, section.id + ".periods", declared->periods);
    check_number(declared->audience <= SIYU_AGENCY, section.id + ".audience", declared->audience);
    section.daily = declared->periods & SIYU_DAILY;
    section.weekly = declared->periods & SIYU_WEEKLY;
    section.monthly = declared->periods & SIYU_MONTHLY;
    section.audience = declared->audience == SIYU_BRAND ? Audience::brand : Audience::agency;
    if (!keys.empty() && !declared->fill) problems_.add("plugin.keys_without_fill", {{"section", section.id}});
    if (declared->fill) section.fill = instance_.filling(section.id, OwnKeys(keys), declared->fill, declared->data);
    place(blueprint_.sections, [&](const Section& known) { return known.id == section.id; }) = std::move(section);
}

void Draft::finish() {
    const std::vector<std::string> ids = kpi_ids();
    for (const auto& [id, lines] : blueprint_.lines)
        if (said_.contains({"lines", id})) check_lines(id, lines);
    check_keys();
    for (const Section& section : blueprint_.sections) {
        if (!said_.contains({"section", section.id})) continue;
        const std::vector<std::string> keys = section_keys(blueprint_, section.audience),
                                       all = section_keys(blueprint_, Audience::agency);
        const OwnKeys own(section.keys);
        std::vector<std::string> names = own.alone;
        for (const auto& [list, of_rows] : own.lists) {
            if (std::find(names.begin(), names.end(), list) != names.end())
                problems_.add("plugin.key_taken", {{"what", section.id}, {"key", list}});
            names.push_back(list);
        }
        for (const std::string& name : names)
            if (std::find(keys.begin(), keys.end(), name) != keys.end())
                problems_.add("plugin.key_taken", {{"what", section.id}, {"key", name}});
        check_template(section.id + ".template_zh", section.template_zh, keys, all, own, problems_);
        check_template(section.id + ".template_en", section.template_en, keys, all, own, problems_);
    }
}

// ---- what is checked
// --------------------------------------------------------------------------------------------------

bool Draft::first_of(const std::string& kind, const std::string& id) {
    if (!is_name(id)) {
        problems_.add("plugin.bad_name", {{"what", kind}, {"name", id}});
        return false;
    }
    if (said_.emplace(kind, id).second) return true;
    problems_.add("plugin.said_twice", {{"what", kind}, {"name", id}});
    return false;
}

template <class Struct>
std::optional<Struct> Draft::whole(const Struct* handed, const char* name) {
    const std::optional<Struct> copy = taken(handed);
    if (!copy) problems_.add("plugin.bad_struct", {{"what", name}});
    return copy;
}

std::string Draft::text(siyu_text handed, std::size_t most, const std::string& what) {
    if (auto text = taken(handed, most)) return *std::move(text);
    problems_.add("plugin.bad_text", {{"what", what}, {"most", std::to_string(most)}});
    return {};
}

std::string Draft::title(siyu_text handed, const std::string& what) {
    auto title = taken(handed, most_title);
    const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    if (title && !title->empty() && std::none_of(title->begin(), title->end(), control)) return *std::move(title);
    problems_.add("plugin.bad_title", {{"what", what}, {"most", std::to_string(most_title)}});
    return {};
}

void Draft::check_number(bool known, const std::string& what, std::int64_t value) {
    if (!known) problems_.add("plugin.unknown_number", {{"what", what}, {"value", std::to_string(value)}});
}

std::optional<Fraction> Draft::positive(siyu_fraction handed, const std::string& what) {
    std::optional<Fraction> value = expressions_.fraction(handed, what);
    if (!value || value->sign() > 0) return value;
    problems_.add("plugin.not_positive", {{"what", what}, {"value", value->rounded(2)}});
    return std::nullopt;
}

void Draft::check_formula(const Kpi& kpi) {
    if (kpi.unit == Unit::ratio || kpi.unit == Unit::multiple) problems_.add("plugin.no_below", {{"kpi", kpi.id}});
}

void Draft::check_lines(const std::string& id, const Lines& lines) {
    const Kpi* kpi = blueprint_.kpi(id);
    if (!kpi) return problems_.add_unknown("plugin.lines_of_unknown", {{"kpi", id}}, nearest(id, kpi_ids()));
    if (!lines.normal && !lines.good && !lines.excess) return problems_.add("plugin.no_lines", {{"kpi", id}});
    const Fraction* before = nullptr;
    for (const auto* line : {&lines.normal, &lines.good, &lines.excess}) {
        if (!*line) continue;
        const Fraction& value = **line;
        if (before && (kpi->better == Better::lower ? *before < value : value < *before))
            return problems_.add("plugin.lines_order", {{"kpi", id}});
        before = &value;
    }
}

// Keys of templates are made from ids, so ids can meet: gmv_title may be a KPI and the title of another.
void Draft::check_keys() {
    std::set<std::string> keys;
    for (const std::string& key : section_keys(blueprint_, Audience::agency))
        if (!keys.insert(key).second) problems_.add("plugin.key_taken", {{"what", "kpi"}, {"key", key}});
}

std::vector<std::string> Draft::kpi_ids() const {
    std::vector<std::string> ids;
    for (const Kpi& kpi : blueprint_.kpis) ids.push_back(kpi.id);
    return ids;
}

}  // namespace siyu
