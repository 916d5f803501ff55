// SPDX-License-Identifier: Apache-2.0
#include "core/host/template.hpp"

#include <kainjow/mustache.hpp>

#include "core/host/wire.hpp"

namespace siyu {

namespace mustache = kainjow::mustache;

std::vector<std::string> section_keys(const Blueprint& blueprint, Audience audience) {
    std::vector<std::string> keys{"tenant", "period", "first", "last", "title"};
    for (const Kpi& kpi : blueprint.kpis) {
        if (audience == Audience::brand && kpi.audience == Audience::agency) continue;
        for (const char* suffix : {"", "_title", "_prev", "_change", "_line", "_attainment"})
            keys.push_back(kpi.id + suffix);
    }
    return keys;
}

void check_template(const std::string& section, const std::string& text, const std::vector<std::string>& keys,
                    Problems& problems) {
    using Component = mustache::component<std::string>;
    mustache::context<std::string> values;
    mustache::context_internal<std::string> context(values);
    Component root;
    std::string fault;
    const mustache::parser<std::string> parser(text, context, root, fault);
    if (!fault.empty()) {
        problems.add("plugin.bad_template", {{"section", section}, {"reason", fault}});
        return;
    }
    root.walk_children([&](Component& component) {
        const auto& tag = component.tag;
        using mustache::tag_type;
        if (tag.type == tag_type::unescaped_variable)
            problems.add("plugin.unescaped_key", {{"section", section}, {"key", tag.name}});
        if (tag.type == tag_type::partial)
            problems.add("plugin.template_partial", {{"section", section}, {"key", tag.name}});
        if ((tag.type == tag_type::variable || tag.is_section_begin()) &&
            std::find(keys.begin(), keys.end(), tag.name) == keys.end())
            problems.add_unknown("plugin.unknown_key", {{"section", section}, {"key", tag.name}},
                                 nearest(tag.name, keys));
        return Component::walk_control::walk;
    });
}

}  // namespace siyu
