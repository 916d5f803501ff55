// SPDX-License-Identifier: Apache-2.0
#include "tenants/agreement.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/error.hpp"
#include "core/facts/fact.hpp"
#include "tenants/delivery_terms.hpp"

namespace siyu {

namespace {

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == '"' || c == ' ') continue;
        if (c == ',') {
            if (!part.empty()) parts.push_back(std::exchange(part, {}));
        } else {
            part += c;
        }
    }
    if (!part.empty()) parts.push_back(part);
    return parts;
}

std::optional<std::int64_t> money(std::string_view text) {
    const auto yuan = Fraction::parse(text);
    if (!yuan || yuan->sign() < 0) return std::nullopt;
    return (*yuan * Fraction(100)).whole();
}

std::optional<SurveyScale> scale(std::string_view text) {
    const std::size_t dash = text.find('-', 1);
    if (dash == std::string_view::npos) return std::nullopt;
    const auto lowest = Fraction::parse(text.substr(0, dash)), highest = Fraction::parse(text.substr(dash + 1));
    if (!lowest || !highest || *lowest >= *highest) return std::nullopt;
    return SurveyScale{*lowest, *highest};
}

std::optional<BonusRule> bonus_rule(std::string_view text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const auto share = Fraction::parse(text.substr(blank + 1));
    if (!share || share->sign() < 0) return std::nullopt;
    return BonusRule{std::string(text.substr(0, blank)), *share};
}

std::optional<Fraction> positive(std::string_view text) {
    const auto number = Fraction::parse(text);
    return number && number->sign() > 0 ? number : std::nullopt;
}

std::optional<Fraction> share(std::string_view text) {
    const auto number = Fraction::parse(text);
    return number && number->sign() >= 0 && *number <= Fraction(1) ? number : std::nullopt;
}

bool facts(std::string_view text) {
    const auto names = split(text);
    return std::all_of(names.begin(), names.end(),
                       [](const std::string& name) { return parse_fact(name).has_value(); });
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

using Check = bool (*)(std::string_view);
struct Key {
    const char* name;
    Check takes;
};

// What every key takes, said to the person by the sentence tenant.term.KEY.
constexpr Key all_keys[]{
    {"floor", [](std::string_view text) { return share(text).has_value(); }},
    {"monthly_fee", [](std::string_view text) { return money(text).has_value(); }},
    {"members_per_guide", [](std::string_view text) { return positive(text).has_value(); }},
    {"guides_per_operator", [](std::string_view text) { return positive(text).has_value(); }},
    {"satisfaction_bar", [](std::string_view text) { return Fraction::parse(text).has_value(); }},
    {"survey_scale", [](std::string_view text) { return scale(text).has_value(); }},
    {"required", facts},
    {"at_deadline", [](std::string_view text) { return text == "hold" || text == "send"; }},
    {"bonus", [](std::string_view text) { return bonus_rule(text).has_value(); }},
    {"contacts_tolerance", [](std::string_view text) { return share(text).has_value(); }},
    {"sales_tolerance", [](std::string_view text) { return share(text).has_value(); }},
    {"hold_difference", [](std::string_view text) { return share(text).has_value(); }},
    {"plugin_version", [](std::string_view text) { return !text.empty(); }},
    {"plugin_sha256", is_sha256},
    {"max_bad_share", [](std::string_view text) { return share(text).has_value(); }},
    {"max_bad_rows", [](std::string_view text) { return positive(text) && positive(text)->whole().has_value(); }},
};

}  // namespace

const std::vector<std::string>& Agreement::keys() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const Key& key : all_keys) all.emplace_back(key.name);
        all.insert(all.end(), std::begin(delivery_keys), std::end(delivery_keys));
        return all;
    }();
    return names;
}

void Agreement::check(std::string_view key, std::string_view value) {
    // A plugin's own settings pass through; the plugin says what is wrong with them.
    if (key.starts_with("plugin.") && key.size() > 7) return;
    const auto refuse = [&] {
        throw Error(Error::wrong_use, "tenant.bad_value", {{"key", std::string(key)}, {"value", std::string(value)}});
    };
    if (const auto takes = takes_delivery_term(key, value)) return *takes ? void() : refuse();
    const auto* known =
        std::find_if(std::begin(all_keys), std::end(all_keys), [&](const Key& k) { return k.name == key; });
    if (known == std::end(all_keys)) {
        std::string all;
        for (const std::string& name : keys()) all += (all.empty() ? "" : ", ") + name;
        throw Error(Error::wrong_use, "tenant.unknown_key", {{"key", std::string(key)}, {"keys", all}});
    }
    if (!known->takes(value)) refuse();
}

const std::string* Agreement::at(std::string_view key, Day day) const {
    const auto found = values_.find(std::string(key));
    if (found == values_.end()) return nullptr;
    // What was agreed first of all also holds before its day; what came later does not.
    Day first = latest_day;
    for (const auto& [other, values] : values_) first = std::min(first, values.begin()->first);
    const auto next = found->second.upper_bound(std::max(day, first));
    return next == found->second.begin() ? nullptr : &std::prev(next)->second;
}

Fraction Agreement::floor(Day day) const {
    const auto* text = at("floor", day);
    return text ? *share(*text) : Fraction(4, 5);
}

std::int64_t Agreement::monthly_fee(Day day) const {
    const auto* text = at("monthly_fee", day);
    return text ? *money(*text) : 0;
}

std::optional<Fraction> Agreement::members_per_guide(Day day) const {
    const auto* text = at("members_per_guide", day);
    return text ? positive(*text) : std::nullopt;
}

std::optional<Fraction> Agreement::guides_per_operator(Day day) const {
    const auto* text = at("guides_per_operator", day);
    return text ? positive(*text) : std::nullopt;
}

Fraction Agreement::satisfaction_bar(Day day) const {
    const auto* text = at("satisfaction_bar", day);
    return text ? *Fraction::parse(*text) : Fraction(4);
}

SurveyScale Agreement::survey_scale(Day day) const {
    const auto* text = at("survey_scale", day);
    return text ? *scale(*text) : SurveyScale{};
}

std::vector<std::string> Agreement::required(Day day) const {
    const auto* text = at("required", day);
    std::vector<std::string> names;
    if (!text) return names;
    for (const std::string& name : split(*text)) names.emplace_back(to_string(*parse_fact(name)));
    return names;
}

AtDeadline Agreement::at_deadline(Day day) const {
    const auto* text = at("at_deadline", day);
    return text && *text == "send" ? AtDeadline::send_marked : AtDeadline::hold;
}

std::optional<BonusRule> Agreement::bonus(Day day) const {
    const auto* text = at("bonus", day);
    return text ? bonus_rule(*text) : std::nullopt;
}

Fraction Agreement::contacts_tolerance(Day day) const {
    const auto* text = at("contacts_tolerance", day);
    return text ? *share(*text) : Fraction(1, 10);
}

Fraction Agreement::sales_tolerance(Day day) const {
    const auto* text = at("sales_tolerance", day);
    return text ? *share(*text) : Fraction(1, 10);
}

std::optional<Fraction> Agreement::hold_difference(Day day) const {
    const auto* text = at("hold_difference", day);
    return text ? share(*text) : std::nullopt;
}

Fraction Agreement::max_bad_share(Day day) const {
    const auto* text = at("max_bad_share", day);
    return text ? *share(*text) : Fraction(1, 20);
}

std::int64_t Agreement::max_bad_rows(Day day) const {
    const auto* text = at("max_bad_rows", day);
    return text ? *positive(*text)->whole() : 10;
}

}  // namespace siyu
