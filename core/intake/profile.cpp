// SPDX-License-Identifier: Apache-2.0
#include "core/intake/profile.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "core/base/embedded.hpp"

namespace siyu {

namespace {

// Reads one profile and knows where it is, for complaints.
class ProfileText {
  public:
    ProfileText(std::string_view text, const std::string& file) : file_(file) {
        try {
            table_ = toml::parse(text);
        } catch (const toml::parse_error& error) {
            complain(error.source().begin.line, "intake.profile.no_toml", std::string(error.description()));
        }
    }

    Profile profile() {
        Profile made;
        known(table_, {"name", "title", "description", "encoding", "header", "dates", "empty", "note", "fact"});
        made.name = word(table_, "name");
        made.title = sentence(table_, "title");
        made.description = sentence(table_, "description");
        if (const auto* node = table_.get("encoding")) {
            made.encoding = parse_encoding(text(*node));
            if (!made.encoding) complain(*node, "intake.profile.encoding", text(*node));
        }
        made.header = words(table_, "header");
        if (made.header.empty()) complain(table_, "intake.profile.missing", "header");
        made.dates = words(table_, "dates");
        made.empty = words(table_, "empty");
        each(table_, "note", [&](const toml::table& note) {
            known(note, {"zh", "en"});
            made.notes.push_back({word(note, "zh"), word(note, "en")});
        });
        each(table_, "fact", [&](const toml::table& fact) { made.rules.push_back(rule(fact)); });
        if (made.rules.empty()) complain(table_, "intake.profile.missing", "[[fact]]");
        return made;
    }

  private:
    [[noreturn]] void complain(std::uint32_t line, std::string id, std::string what) const {
        throw Error(Error::refused, std::move(id), {{"file", file_}, {"line", std::to_string(line)}, {"what", what}});
    }
    [[noreturn]] void complain(const toml::node& node, std::string id, std::string what) const {
        complain(node.source().begin.line, std::move(id), std::move(what));
    }

    void known(const toml::table& table, std::initializer_list<std::string_view> keys) const {
        for (const auto& [key, node] : table)
            if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
                complain(node, "intake.profile.unknown_key", std::string(key.str()));
    }
    std::string text(const toml::node& node) const {
        const auto value = node.value<std::string>();
        if (!value || !node.is_string()) complain(node, "intake.profile.not_text", "");
        return *value;
    }
    std::string word(const toml::table& table, std::string_view key) const {
        const auto* node = table.get(key);
        if (!node) complain(table, "intake.profile.missing", std::string(key));
        return text(*node);
    }
    // A text or a list of texts.
    std::vector<std::string> words(const toml::node& node) const {
        std::vector<std::string> all;
        if (const auto* list = node.as_array())
            for (const auto& one : *list) all.push_back(text(one));
        else
            all.push_back(text(node));
        return all;
    }
    std::vector<std::string> words(const toml::table& table, std::string_view key) const {
        const auto* node = table.get(key);
        return node ? words(*node) : std::vector<std::string>{};
    }
    Sentence sentence(const toml::table& table, std::string_view key) const {
        const auto* node = table.get(key);
        if (!node || !node->is_table())
            complain(node ? *node : table, "intake.profile.missing", std::string(key) + ".zh");
        known(*node->as_table(), {"zh", "en"});
        return {word(*node->as_table(), "zh"), word(*node->as_table(), "en")};
    }
    template <typename Each>
    void each(const toml::table& table, std::string_view key, Each each) const {
        const auto* node = table.get(key);
        if (!node) return;
        if (!node->is_array()) complain(*node, "intake.profile.not_list", std::string(key));
        for (const auto& one : *node->as_array()) {
            if (!one.is_table()) complain(one, "intake.profile.not_table", std::string(key));
            each(*one.as_table());
        }
    }
    template <typename Each>
    void pairs(const toml::table& table, std::string_view key, Each each) const {
        const auto* node = table.get(key);
        if (!node) return;
        if (!node->is_table()) complain(*node, "intake.profile.not_table", std::string(key));
        for (const auto& [name, value] : *node->as_table()) each(std::string(name.str()), value);
    }

    // `总金额`, or `["总金额", "-", "退款金额"]`.
    Sum sum(const toml::node& node) const {
        Sum made;
        bool minus = false, sign = true;
        for (const auto& part : words(node)) {
            if (part == "+" || part == "-") {
                if (sign && !made.terms.empty()) complain(node, "intake.profile.sum", part);
                minus = part == "-";
                sign = true;
            } else {
                if (!sign) complain(node, "intake.profile.sum", part);
                made.terms.push_back({minus, part});
                sign = false;
            }
        }
        if (made.terms.empty() || sign) complain(node, "intake.profile.sum", "");
        return made;
    }

    std::vector<Rule::Condition> conditions(const toml::table& table, std::string_view key) const {
        std::vector<Rule::Condition> all;
        each(table, key, [&](const toml::table& one) {
            known(one, {"column", "empty", "equals", "not_equals"});
            Rule::Condition condition{word(one, "column"), Rule::Condition::Test::empty, {}};
            if (one.size() != 2) complain(one, "intake.profile.condition", condition.column);
            if (const auto* empty = one.get("empty")) {
                const auto value = empty->value<bool>();
                if (!value) complain(*empty, "intake.profile.condition", condition.column);
                condition.test = *value ? Rule::Condition::Test::empty : Rule::Condition::Test::not_empty;
            } else {
                const bool equals = one.contains("equals");
                condition.test = equals ? Rule::Condition::Test::equals : Rule::Condition::Test::not_equals;
                condition.values = words(one, equals ? "equals" : "not_equals");
            }
            all.push_back(std::move(condition));
        });
        return all;
    }

    int column(const FactKind& kind, const std::string& name, const toml::node& node) const {
        const int found = kind.column(name);
        if (found < 0) complain(node, "intake.profile.unknown_column", std::string(kind.name) + "." + name);
        return found;
    }

    Rule rule(const toml::table& table) const {
        known(table, {"fact", "when", "columns", "constants", "words", "fen", "zero_is_empty", "check", "count",
                      "last_of", "last_when"});
        Rule made;
        const auto fact = parse_fact(word(table, "fact"));
        if (!fact) complain(table, "intake.profile.unknown_fact", word(table, "fact"));
        made.fact = *fact;
        const FactKind& kind = kind_of(*fact);
        made.when = conditions(table, "when");
        std::set<int> given;
        const auto origin = [&](const std::string& name, const toml::node& node) -> Rule::Origin& {
            Rule::Origin one{column(kind, name, node), {}, {}, false, false, {}};
            if (!given.insert(one.column).second) complain(node, "intake.profile.column_twice", name);
            return made.origins.emplace_back(std::move(one));
        };
        pairs(table, "columns", [&](const std::string& name, const toml::node& node) {
            Rule::Origin& one = origin(name, node);
            one.sum = sum(node);
            const bool sums = one.sum.terms.size() > 1 || one.sum.terms[0].minus;
            if (sums && kind.columns[static_cast<std::size_t>(one.column)].type != Type::money)
                complain(node, "intake.profile.sum_not_money", name);
        });
        pairs(table, "constants",
              [&](const std::string& name, const toml::node& node) { origin(name, node).constant = text(node); });
        const auto known_origin = [&](const std::string& name, const toml::node& node) -> Rule::Origin& {
            const int wanted = column(kind, name, node);
            for (Rule::Origin& one : made.origins)
                if (one.column == wanted) return one;
            complain(node, "intake.profile.missing", name);
        };
        pairs(table, "words", [&](const std::string& name, const toml::node& node) {
            if (!node.is_table()) complain(node, "intake.profile.not_table", name);
            for (const auto& [from, to] : *node.as_table())
                known_origin(name, node).words.emplace(from.str(), text(to));
        });
        for (const char* key : {"fen", "zero_is_empty"})
            for (const auto& name : words(table, key)) {
                Rule::Origin& one = known_origin(name, table);
                if (kind.columns[static_cast<std::size_t>(one.column)].type != Type::money)
                    complain(table, "intake.profile.sum_not_money", name);
                (std::string_view(key) == "fen" ? one.in_fen : one.zero_is_empty) = true;
            }
        each(table, "check", [&](const toml::table& one) {
            known(one, {"left", "right"});
            for (const char* side : {"left", "right"})
                if (!one.contains(side)) complain(one, "intake.profile.missing", side);
            made.checks.push_back({sum(*one.get("left")), sum(*one.get("right"))});
        });
        if (const auto* node = table.get("count")) {
            made.count = column(kind, text(*node), *node);
            const bool counts = kind.columns[static_cast<std::size_t>(made.count)].type == Type::count;
            if (!counts || !given.insert(made.count).second) complain(*node, "intake.profile.count", text(*node));
        }
        made.last_of = words(table, "last_of");
        made.last_when = conditions(table, "last_when");
        if (made.count >= 0 && !made.last_of.empty()) complain(table, "intake.profile.count", "last_of");
        if (made.last_of.empty() && !made.last_when.empty()) complain(table, "intake.profile.missing", "last_of");
        for (std::size_t i = 0; i < kind.columns.size(); ++i)
            if (kind.columns[i].needed && !given.contains(static_cast<int>(i)))
                complain(table, "intake.profile.missing",
                         std::string(kind.name) + "." + std::string(kind.columns[i].name));
        return made;
    }

    std::string file_;
    toml::table table_;
};

}  // namespace

std::string Sum::text() const {
    std::string made;
    for (const Term& term : terms) {
        if (!made.empty() || term.minus) made += made.empty() ? "- " : term.minus ? " - " : " + ";
        made += term.column;
    }
    return made;
}

Profile Profile::parse(std::string_view toml, const std::string& file) { return ProfileText(toml, file).profile(); }

Profiles::Profiles(std::span<const std::filesystem::path> folders) {
    const auto add = [this](std::string_view text, const std::string& file) {
        Profile profile = Profile::parse(text, file);
        std::string name = profile.name;
        profiles_.insert_or_assign(std::move(name), std::move(profile));
    };
    for (const auto& [path, text] : embedded_files())
        if (path.starts_with("core/intake/profiles/")) add(text, std::string(path));
    for (const auto& folder : folders) {
        std::error_code none;
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder, none))
            if (entry.path().extension() == ".toml") files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        for (const auto& file : files) {
            std::ifstream in(file, std::ios::binary);
            std::ostringstream text;
            const bool there =
                in && in.peek() != std::ifstream::traits_type::eof();  // an empty one is told by its fields
            if (there) text << in.rdbuf();
            if (in.bad() || !in.is_open() || !text)
                throw Error(Error::unreachable, "intake.profile.unreadable", {{"file", file.string()}});
            add(text.str(), file.string());
        }
    }
}

const Profile* Profiles::find(std::string_view name) const {
    const auto found = profiles_.find(name);
    return found == profiles_.end() ? nullptr : &found->second;
}

const Profile& Profiles::get(std::string_view name) const {
    if (const Profile* found = find(name)) return *found;
    std::string names;
    for (const auto& [known, profile] : profiles_) names += (names.empty() ? "" : ", ") + known;
    throw Error(Error::wrong_use, "intake.unknown_profile", {{"profile", std::string(name)}, {"profiles", names}});
}

}  // namespace siyu
