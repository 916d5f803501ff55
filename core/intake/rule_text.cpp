// SPDX-License-Identifier: Apache-2.0
#include "core/intake/rule_text.hpp"

#include <algorithm>
#include <set>

#include "core/intake/header_names.hpp"

namespace siyu {

namespace {

using Test = Rule::Condition::Test;

// Reads one rule, whose fact is known.
class RuleText {
  public:
    RuleText(const ProfileText& text, const toml::table& table, std::span<const Profile::Given> given)
        : text_(text), table_(table), asked_(given) {
        const std::string fact = text.word(table, "fact");
        const auto known = parse_fact(fact);
        if (!known) text.complain(table, "intake.profile.unknown_fact", fact);
        rule_.fact = *known;
        kind_ = &kind_of(*known);
    }

    Rule rule() {
        text_.known(table_,
                    {"fact",    "when",      "columns",       "constants", "given",      "prefix",     "words",
                     "units",   "fen",       "zero_is_empty", "check",     "each_of",    "spread",     "count",
                     "last_of", "last_when", "sum_of",        "once",      "told_apart", "difference", "merge"});
        rule_.when = conditions("when");
        origins();
        forms();
        text_.each(table_, "check", [&](const toml::table& one) { check(one); });
        if (const auto* node = table_.get("each_of")) each_of(*node);
        if (const auto* node = table_.get("spread")) spread(*node);
        keep();
        for (std::size_t i = 0; i < kind_->columns.size(); ++i)
            if (kind_->columns[i].needed && !filled_.contains(static_cast<int>(i)))
                text_.complain(table_, "intake.profile.missing",
                               std::string(kind_->name) + "." + std::string(kind_->columns[i].name));
        return std::move(rule_);
    }

  private:
    int column(const std::string& name, const toml::node& node) const {
        const int found = kind_->column(name);
        if (found < 0) text_.complain(node, "intake.profile.unknown_column", std::string(kind_->name) + "." + name);
        return found;
    }
    Type type(int column) const { return kind_->columns[static_cast<std::size_t>(column)].type; }

    std::vector<Rule::Condition> conditions(std::string_view key) const {
        constexpr std::pair<const char*, Test> tests[] = {{"equals", Test::equals},
                                                          {"not_equals", Test::not_equals},
                                                          {"starts_with", Test::starts_with},
                                                          {"contains", Test::contains},
                                                          {"not_contains", Test::not_contains}};
        std::vector<Rule::Condition> all;
        text_.each(table_, key, [&](const toml::table& one) {
            text_.known(one, {"column", "empty", "equals", "not_equals", "starts_with", "contains", "not_contains",
                              "min_length"});
            Rule::Condition condition{text_.word(one, "column"), Test::empty};
            if (one.size() != 2) text_.complain(one, "intake.profile.condition", condition.column);
            if (const auto* empty = one.get("empty")) {
                const auto value = empty->value<bool>();
                if (!value) text_.complain(*empty, "intake.profile.condition", condition.column);
                condition.test = *value ? Test::empty : Test::not_empty;
            }
            if (const auto* length = one.get("min_length")) {
                condition.test = Test::min_length;
                condition.length = length->value<std::int64_t>().value_or(0);
                if (condition.length < 1) text_.complain(*length, "intake.profile.condition", condition.column);
            }
            for (const auto& [name, test] : tests)
                if (one.contains(name)) {
                    condition.test = test;
                    condition.values = text_.words(one, name);
                }
            all.push_back(std::move(condition));
        });
        return all;
    }

    Rule::Origin& fill(const std::string& name, const toml::node& node) {
        const int wanted = column(name, node);
        if (!filled_.insert(wanted).second) text_.complain(node, "intake.profile.column_twice", name);
        return rule_.origins.emplace_back(Rule::Origin{wanted});
    }
    Rule::Origin& filled(const std::string& name, const toml::node& node) {
        const int wanted = column(name, node);
        for (Rule::Origin& one : rule_.origins)
            if (one.column == wanted) return one;
        text_.complain(node, "intake.profile.missing", name);
    }
    std::string asked(const toml::node& node) const {
        std::string name = text_.text(node);
        if (std::ranges::none_of(asked_, [&](const Profile::Given& one) { return one.name == name; }))
            text_.complain(node, "intake.profile.not_asked", name);
        return name;
    }

    void origins() {
        text_.pairs(table_, "columns", [&](const std::string& name, const toml::node& node) {
            Rule::Origin& one = fill(name, node);
            one.sum = parse_sum(text_, node);
            if ((one.sum.terms.size() > 1 || one.sum.terms[0].minus) && type(one.column) != Type::money)
                text_.complain(node, "intake.profile.sum_not_money", name);
        });
        text_.pairs(table_, "constants", [&](const std::string& name, const toml::node& node) {
            fill(name, node).constant = text_.text(node);
        });
        text_.pairs(table_, "given", [&](const std::string& name, const toml::node& node) {
            const bool has_column = filled_.contains(column(name, node));
            Rule::Origin& one = has_column ? filled(name, node) : fill(name, node);
            const auto& terms = one.sum.terms;
            if (has_column && (terms.size() != 1 || !is_optional(terms[0].column)))
                text_.complain(node, "intake.profile.column_twice", name);
            one.given = asked(node);
        });
    }

    void forms() {
        text_.pairs(table_, "words", [&](const std::string& name, const toml::node& node) {
            if (!node.is_table()) text_.complain(node, "intake.profile.not_table", name);
            for (const auto& [from, to] : *node.as_table())
                filled(name, node).words.emplace(from.str(), text_.text(to));
        });
        text_.pairs(table_, "prefix",
                    [&](const std::string& name, const toml::node& node) { filled(name, node).prefix = asked(node); });
        text_.pairs(table_, "units", [&](const std::string& name, const toml::node& node) {
            filled(name, node).units = text_.words(node);
        });
        for (const char* key : {"fen", "zero_is_empty"})
            for (const auto& name : text_.words(table_, key)) {
                Rule::Origin& one = filled(name, table_);
                if (type(one.column) != Type::money) text_.complain(table_, "intake.profile.sum_not_money", name);
                (std::string_view(key) == "fen" ? one.in_fen : one.zero_is_empty) = true;
            }
    }

    void check(const toml::table& one) {
        text_.known(one, {"left", "right", "at_most"});
        const bool at_most = one.contains("at_most");
        const char* right = at_most ? "at_most" : "right";
        if (one.size() != 2) text_.complain(one, "intake.profile.check", "");
        for (const char* side : {"left", right})
            if (!one.contains(side)) text_.complain(one, "intake.profile.missing", side);
        rule_.checks.push_back({parse_sum(text_, *one.get("left")), parse_sum(text_, *one.get(right)), at_most});
    }

    const toml::table& as_table(const toml::node& node, const char* key) const {
        if (!node.is_table()) text_.complain(node, "intake.profile.not_table", key);
        return *node.as_table();
    }

    void each_of(const toml::node& node) {
        const toml::table& one = as_table(node, "each_of");
        text_.known(one, {"column", "separator"});
        rule_.each_of = {text_.word(one, "column"), text_.word(one, "separator")};
        if (rule_.each_of->separator.empty()) text_.complain(node, "intake.profile.missing", "separator");
    }

    void spread(const toml::node& node) {
        const toml::table& one = as_table(node, "spread");
        text_.known(one, {"columns", "year", "name", "value", "by", "into"});
        Rule::Spread made;
        made.formats = text_.words(one, "columns");
        if (made.formats.empty()) text_.complain(node, "intake.profile.missing", "columns");
        const bool without_year = std::ranges::any_of(
            made.formats, [](const std::string& format) { return format.find("%Y") == std::string::npos; });
        if (without_year && !one.contains("year")) text_.complain(node, "intake.profile.missing", "year");
        if (const auto* year = one.get("year")) made.year = asked(*year);
        const auto into = [&](const std::string& name, bool again) {
            const int wanted = column(name, node);
            if (!filled_.insert(wanted).second && !again) text_.complain(node, "intake.profile.column_twice", name);
            return wanted;
        };
        made.name = into(text_.word(one, "name"), false);
        if (type(made.name) != Type::month && type(made.name) != Type::date)
            text_.complain(node, "intake.profile.spread_name", text_.word(one, "name"));
        made.value = into(text_.word(one, "value"), false);
        if (one.contains("by") != one.contains("into"))
            text_.complain(node, "intake.profile.missing", one.contains("by") ? "into" : "by");
        if (one.contains("by")) made.by = text_.word(one, "by");
        text_.pairs(one, "into", [&](const std::string& word, const toml::node& name) {
            made.into.emplace(word, into(text_.text(name), true));
        });
        if (!made.by.empty()) keep_as(Rule::Keep::merge, "spread");
        rule_.spread = std::move(made);
    }

    // Rows wait for one reason alone.
    void keep_as(Rule::Keep keep, const char* key) {
        if (rule_.keep != Rule::Keep::nothing) text_.complain(table_, "intake.profile.kept_twice", key);
        rule_.keep = keep;
    }

    void keep() {
        if (const auto* node = table_.get("count")) {
            keep_as(Rule::Keep::count, "count");
            rule_.count = column(text_.text(*node), *node);
            if (type(rule_.count) != Type::count || !filled_.insert(rule_.count).second)
                text_.complain(*node, "intake.profile.count", text_.text(*node));
        }
        if (table_.contains("last_of")) {
            keep_as(Rule::Keep::last, "last_of");
            rule_.keep_by = text_.words(table_, "last_of");
        }
        if (table_.contains("sum_of")) {
            keep_as(Rule::Keep::sum, "sum_of");
            rule_.keep_by = text_.words(table_, "sum_of");
        }
        if (table_["merge"].value_or(false)) keep_as(Rule::Keep::merge, "merge");
        if (table_.contains("difference")) keep_as(Rule::Keep::difference, "difference");
        rule_.last_when = conditions("last_when");
        if (rule_.keep != Rule::Keep::last && !rule_.last_when.empty())
            text_.complain(table_, "intake.profile.missing", "last_of");
        rule_.told_apart = text_.words(table_, "told_apart");
        for (const auto& name : text_.words(table_, "once")) rule_.once.push_back(filled(name, table_).column);
        if (rule_.keep != Rule::Keep::sum && !(rule_.told_apart.empty() && rule_.once.empty()))
            text_.complain(table_, "intake.profile.missing", "sum_of");
        for (const auto& name : text_.words(table_, "difference")) {
            rule_.differences.push_back(filled(name, table_).column);
            const bool by_day = kind_->when >= 0 && type(kind_->when) == Type::date;
            if (!by_day || type(rule_.differences.back()) != Type::count)
                text_.complain(table_, "intake.profile.difference", name);
        }
    }

    const ProfileText& text_;
    const toml::table& table_;
    std::span<const Profile::Given> asked_;
    const FactKind* kind_ = nullptr;
    Rule rule_;
    std::set<int> filled_;  // columns of the fact
};

}  // namespace

std::string Sum::text() const {
    std::string made;
    for (const Term& term : terms) {
        if (!made.empty() || term.minus) made += made.empty() ? "- " : term.minus ? " - " : " + ";
        made += shown(term.column);
    }
    return made;
}

Sum parse_sum(const ProfileText& text, const toml::node& node) {
    Sum made;
    bool minus = false, sign = true;
    for (const auto& part : text.words(node)) {
        if (part == "+" || part == "-") {
            if (sign && !made.terms.empty()) text.complain(node, "intake.profile.sum", part);
            minus = part == "-";
            sign = true;
        } else {
            if (!sign) text.complain(node, "intake.profile.sum", part);
            made.terms.push_back({minus, part});
            sign = false;
        }
    }
    if (made.terms.empty() || sign) text.complain(node, "intake.profile.sum", "");
    return made;
}

Rule parse_rule(const ProfileText& text, const toml::table& table, std::span<const Profile::Given> given) {
    return RuleText(text, table, given).rule();
}

}  // namespace siyu
