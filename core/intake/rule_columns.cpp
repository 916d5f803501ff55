// SPDX-License-Identifier: Apache-2.0
#include "core/intake/rule_columns.hpp"

#include <algorithm>

#include "core/intake/date_format.hpp"

namespace siyu {

namespace {

std::string listed(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : ", ") + text;
    return all;
}

void add_once(std::vector<std::string>& all, const std::string& text) {
    if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
}

std::string column_name(const Rule& rule, const Rule::Origin& origin) {
    return std::string(kind_of(rule.fact).columns[static_cast<std::size_t>(origin.column)].name);
}

// Every column that a rule names.
std::vector<std::string> names_in(const Rule& rule) {
    std::vector<std::string> all = rule.keep_by;
    all.insert(all.end(), rule.told_apart.begin(), rule.told_apart.end());
    const auto add = [&all](const Sum& sum) {
        for (const auto& term : sum.terms) all.push_back(term.column);
    };
    for (const auto& condition : rule.when) all.push_back(condition.column);
    for (const auto& condition : rule.last_when) all.push_back(condition.column);
    for (const auto& origin : rule.origins) add(origin.sum);
    for (const auto& one : rule.checks) {
        add(one.left);
        add(one.right);
    }
    if (rule.each_of) all.push_back(rule.each_of->column);
    if (rule.spread && !rule.spread->by.empty()) all.push_back(rule.spread->by);
    return all;
}

}  // namespace

RuleColumns::RuleColumns(const Profile& profile, const Rule& rule, const HeaderNames& names, const Given& given,
                         std::vector<std::string>& missing)
    : profile_(&profile), rule_(&rule), given_(given) {
    find(names, missing);
    if (rule.spread) find_spread(names, missing);
    // Of a row that is no header nothing can be asked yet.
    if (!missing.empty()) return;
    refuse_given();
    for (const auto& [name, places] : places_) {
        if (places.several.empty()) continue;
        std::string column = "…";  // only a condition looks at it
        for (const auto& origin : rule.origins)
            if (!origin.sum.terms.empty() && origin.sum.terms[0].column == name) column = column_name(rule, origin);
        throw Error(
            Error::refused, "intake.several_columns",
            {{"profile", profile.name}, {"wanted", name}, {"columns", listed(places.several)}, {"name", column}});
    }
}

void RuleColumns::find(const HeaderNames& names, std::vector<std::string>& missing) {
    // Where a pattern may fit several columns, whoever imports can name the one that counts.
    std::map<std::string, std::string> said;
    for (const auto& origin : rule_->origins) {
        const auto one = given_.find(column_name(*rule_, origin));
        if (one != given_.end() && origin.sum.terms.size() == 1 && is_pattern(origin.sum.terms[0].column))
            said.emplace(origin.sum.terms[0].column, one->second);
    }
    for (const auto& name : names_in(*rule_)) {
        const auto other = said.find(name);
        const std::string& wanted = other == said.end() ? name : other->second;
        const auto [found, is_new] = places_.emplace(name, names.places(wanted));
        if (is_new && found->second.at.empty() && !is_optional(name)) add_once(missing, wanted);
    }
}

void RuleColumns::find_spread(const HeaderNames& names, std::vector<std::string>& missing) {
    const auto& formats = rule_->spread->formats;
    const auto said = given_.find(rule_->spread->year);
    bool needs_year = false;
    for (std::size_t i = 0; i < names.titles().size(); ++i)
        for (const auto& format : formats) {
            const bool has_year = format.find("%Y") != std::string::npos;
            // Every day that a year can have is in 2000.
            const std::string year = has_year ? "" : said == given_.end() ? "2000 " : said->second + " ";
            auto text = reformed(year + names.titles()[i], has_year ? format : "%Y " + format);
            if (!text) continue;
            needs_year = needs_year || !has_year;
            spread_.push_back({{{static_cast<int>(i)}, {}, names.titles()[i]}, *std::move(text)});
            break;
        }
    if (spread_.empty()) add_once(missing, formats.front());
    if (needs_year && missing.empty()) need(rule_->spread->year);
}

void RuleColumns::need(const std::string& name) const {
    if (given_.contains(name)) return;
    const Profile::Given& asked = *profile_->asks_for(name);
    throw Error(Error::refused, "intake.given_missing",
                {{"profile", profile_->name}, {"name", name}, {"zh", asked.title.zh}, {"en", asked.title.en}});
}

void RuleColumns::refuse_given() const {
    for (const auto& origin : rule_->origins) {
        if (!origin.given.empty() && (origin.sum.terms.empty() || places(origin.sum.terms[0].column).at.empty()))
            need(origin.given);
        if (!origin.prefix.empty()) need(origin.prefix);
    }
}

const std::string* RuleColumns::given_for(const Rule::Origin& origin) const {
    if (origin.given.empty()) return nullptr;
    const bool has_column = !origin.sum.terms.empty() && !places(origin.sum.terms[0].column).at.empty();
    return has_column ? nullptr : &given_.find(origin.given)->second;
}

}  // namespace siyu
