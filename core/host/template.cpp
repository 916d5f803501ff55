// SPDX-License-Identifier: Apache-2.0
#include "core/host/template.hpp"

#include <kainjow/mustache.hpp>

#include "core/host/wire.hpp"

namespace siyu {

namespace mustache = kainjow::mustache;

namespace {

using Component = mustache::component<std::string>;

// Walks one template with the keys that are given where it stands.
struct Judge {
    const std::string& section;
    const std::vector<std::string>& all;
    const OwnKeys& own;
    Problems& problems;

    // NOLINTNEXTLINE(misc-no-recursion): as deep as the template
    void children(const Component& parent, const std::vector<std::string>& given) const {
        for (const Component& component : parent.children) {
            check(component.tag, given);
            const auto list = own.lists.find(component.tag.name);
            if (component.tag.type == mustache::tag_type::section_begin && list != own.lists.end()) {
                std::vector<std::string> inside = given;
                inside.insert(inside.end(), list->second.begin(), list->second.end());
                children(component, inside);
            } else {
                children(component, given);
            }
        }
    }

    void check(const mustache::mstch_tag<std::string>& tag, const std::vector<std::string>& given) const {
        using mustache::tag_type;
        const std::vector<std::pair<std::string, std::string>> where{{"section", section}, {"key", tag.name}};
        switch (tag.type) {
            case tag_type::unescaped_variable: problems.add("plugin.unescaped_key", where); break;
            case tag_type::partial: problems.add("plugin.template_partial", where); break;
            case tag_type::set_delimiter: problems.add("plugin.template_delimiter", {{"section", section}}); break;
            case tag_type::variable:
                if (own.lists.contains(tag.name))
                    problems.add("plugin.list_as_text", around(tag.name, tag.name));
                else
                    look_up(tag.name, given);
                break;
            case tag_type::section_begin:
            case tag_type::section_begin_inverted:
                if (!own.lists.contains(tag.name)) look_up(tag.name, given);
                break;
            default: break;
        }
    }

    std::vector<std::pair<std::string, std::string>> around(const std::string& list, const std::string& key) const {
        return {{"section", section},
                {"key", key},
                {"list", list},
                {"open", "{{#" + list + "}}"},
                {"close", "{{/" + list + "}}"}};
    }

    void look_up(const std::string& key, std::vector<std::string> given) const {
        if (std::find(given.begin(), given.end(), key) != given.end()) return;
        if (std::find(all.begin(), all.end(), key) != all.end())
            return problems.add("plugin.agency_key", {{"section", section}, {"key", key}});
        // As it was declared; in the template it stands in the rows of its list under its own name.
        const std::size_t dot = key.find('.');
        if (dot != std::string::npos && own.lists.contains(key.substr(0, dot)))
            return problems.add("plugin.key_outside_list", around(key.substr(0, dot), key.substr(dot + 1)));
        for (const auto& [list, keys] : own.lists) {
            // Known, but only in the rows of its list.
            if (std::find(keys.begin(), keys.end(), key) != keys.end())
                return problems.add("plugin.key_outside_list", around(list, key));
            given.push_back(list);
        }
        problems.add_unknown("plugin.unknown_key", {{"section", section}, {"key", key}}, nearest(key, given));
    }
};

}  // namespace

std::vector<std::string> section_keys(const Blueprint& blueprint, Audience audience) {
    std::vector<std::string> keys{"tenant", "period", "first", "last", "title"};
    for (const Kpi& kpi : blueprint.kpis) {
        if (audience == Audience::brand && kpi.audience == Audience::agency) continue;
        for (const char* suffix : {"", "_title", "_prev", "_change", "_line", "_attainment"})
            keys.push_back(kpi.id + suffix);
    }
    return keys;
}

OwnKeys::OwnKeys(const std::vector<std::string>& declared) {
    for (const std::string& key : declared) {
        const std::size_t dot = key.find('.');
        if (dot == std::string::npos)
            alone.push_back(key);
        else
            lists[key.substr(0, dot)].push_back(key.substr(dot + 1));
    }
}

void check_template(const std::string& section, const std::string& text, const std::vector<std::string>& keys,
                    const std::vector<std::string>& all, const OwnKeys& own, Problems& problems) {
    mustache::context<std::string> values;
    mustache::context_internal<std::string> context(values);
    Component root;
    std::string fault;
    const mustache::parser<std::string> parser(text, context, root, fault);
    if (!fault.empty()) {
        problems.add("plugin.bad_template", {{"section", section}, {"reason", fault}});
        return;
    }
    std::vector<std::string> given = keys;
    given.insert(given.end(), own.alone.begin(), own.alone.end());
    Judge{section, all, own, problems}.children(root, given);
}

}  // namespace siyu
