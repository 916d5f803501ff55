// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

namespace {

std::string text(const std::string& words) {
    return words.size() < 24 ? static_cast<char>(0x60 + words.size()) + words
                             : '\x78' + std::string(1, static_cast<char>(words.size())) + words;
}
std::string empty_list(const std::string& name) { return text(name) + '\x80'; }
std::string words(const std::string& name, const std::string& said) { return text(name) + text(said); }

// A KPI over a column that there is not, which nobody who is trusted would look up.
std::string blueprint() {
    const auto kpi = '\x8e' + text("kpi") + text("指标") + text("KPI") + std::string(4, '\0') + '\0' + '\x20' +
                     std::string(4, '\xf4') + text("");
    return '\xaa' + (text("measures") + '\x81' + '\xa3' + text("op") + '\x01') + words("name", "orders") +
           words("column", "nowhere") + words("plugin", "p") + words("version", "1") + text("versions") + '\xa0' +
           (text("kpis") + '\x81') + kpi + empty_list("lines") + words("members_per_guide", "1/1") +
           words("guides_per_operator", "1/1") + empty_list("roles") + empty_list("sections");
}

}  // namespace

class Author final : public siyu::Plugin {
    void declare(siyu::Declarations&) override {
        const std::string forged = blueprint();
        std::string outcome = "\xac";
        for (const char* list : {"remarks", "log", "pages", "kpis"}) outcome += empty_list(list);
        for (const char* no : {"held", "incomplete", "not_ready"}) outcome += text(no) + '\xf4';
        for (const char* name : {"plugin", "version", "text", "json"}) outcome += words(name, "");
        outcome += text("blueprint") + '\x59' + static_cast<char>(forged.size() >> 8) +
                   static_cast<char>(forged.size() & 0xff) + forged;
        line::say(line::message('o', outcome));
        ::_exit(0);
    }
};
SIYU_PLUGIN(Author, "forges_blueprint", "1.0.0")
