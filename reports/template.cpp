// SPDX-License-Identifier: Apache-2.0
#include "reports/template.hpp"

#include <kainjow/mustache.hpp>

#include "core/base/error.hpp"
#include "reports/markup.hpp"

namespace siyu {

namespace {

namespace mustache = kainjow::mustache;

mustache::data data_of(const Filling& filling) {
    mustache::data data;
    for (const auto& [key, text] : filling.texts) data[key] = text;
    for (const auto& [key, flag] : filling.flags) data[key] = flag;
    for (const auto& [key, items] : filling.lists) {
        mustache::data list{mustache::data::type::list};
        // Its push_back copies whole trees, once for each level; the list itself is no constant and can be moved into.
        auto& into = const_cast<mustache::list&>(list.list_value());
        into.reserve(items.size());
        for (const Filling& item : items) into.push_back(data_of(item));
        data[key] = std::move(list);
    }
    return data;
}

mustache::mustache parsed(const std::string& name, std::string_view text) {
    mustache::mustache parsed{std::string(text)};
    // The library takes an invalid template for an empty one unless it is asked.
    if (!parsed.is_valid())
        throw Error(Error::refused, "report.error.template", {{"template", name}, {"reason", parsed.error_message()}});
    return parsed;
}

}  // namespace

std::string render(const std::string& name, std::string_view text, const Filling& filling, Escape escape) {
    mustache::mustache page = parsed(name, text);
    if (escape == Escape::html)
        page.set_custom_escape([](const std::string& value) { return escaped(value); });
    else
        page.set_custom_escape([](const std::string& value) { return value; });
    std::string out = page.render(data_of(filling));
    if (!page.is_valid())
        throw Error(Error::refused, "report.error.template", {{"template", name}, {"reason", page.error_message()}});
    return out;
}

std::vector<std::string> keys_of(const std::string& name, std::string_view text) {
    parsed(name, text);
    std::vector<std::string> keys;
    for (std::size_t begin = text.find("{{"); begin != std::string_view::npos; begin = text.find("{{", begin + 2)) {
        const std::size_t end = text.find("}}", begin);
        if (end == std::string_view::npos) break;
        std::string_view tag = text.substr(begin + 2, end - begin - 2);
        const auto trim = [&] {
            while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
            while (!tag.empty() && tag.back() == ' ') tag.remove_suffix(1);
        };
        trim();
        if (tag.empty() || tag.front() == '!' || tag.front() == '/') continue;
        if (std::string_view("{&>=").find(tag.front()) != std::string_view::npos)
            throw Error(Error::refused, "report.error.tag", {{"template", name}, {"tag", std::string(tag)}});
        if (tag.front() == '#' || tag.front() == '^') tag.remove_prefix(1);
        trim();
        keys.emplace_back(tag);
    }
    return keys;
}

}  // namespace siyu
