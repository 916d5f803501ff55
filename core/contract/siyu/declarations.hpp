// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation.hpp"
#include "handing.hpp"

// What a plugin says while it declares.
namespace siyu {
inline namespace contract_v1 {

enum class Group : std::uint32_t { traffic, service, result };
inline constexpr Group traffic = Group::traffic, service = Group::service, result = Group::result;

class Declarations;

// A KPI being declared: result, higher is better, for both audiences, unless said otherwise.
class Kpi {
  public:
    Kpi& group(Group group) { return kpi_.group = static_cast<std::uint32_t>(group), *this; }
    Kpi& lower_is_better() { return kpi_.better = SIYU_LOWER, *this; }
    Kpi& neither_is_better() { return kpi_.better = SIYU_NEITHER, *this; }
    Kpi& adding() { return flag(SIYU_ADDING); }
    Kpi& scales_with_traffic() { return flag(SIYU_SCALES_WITH_TRAFFIC); }
    Kpi& projected() { return flag(SIYU_PROJECTED); }
    Kpi& headline() { return flag(SIYU_HEADLINE); }
    Kpi& agency_only() { return kpi_.audience = SIYU_AGENCY, *this; }

  private:
    friend class Declarations;
    Kpi(std::string id, Words title, Unit unit) : id_(std::move(id)), title_(std::move(title)) {
        kpi_.size = sizeof kpi_;
        kpi_.group = SIYU_RESULT, kpi_.better = SIYU_HIGHER;
        kpi_.unit = static_cast<std::uint32_t>(unit);
    }
    Kpi& flag(std::uint32_t bit) { return kpi_.flags |= bit, *this; }

    std::string id_;
    Words title_;
    siyu_kpi kpi_{};
};

// A section being declared: in every report, for both audiences, unless said otherwise.
class Section {
  public:
    // SIYU_DAILY | SIYU_WEEKLY | SIYU_MONTHLY
    Section& in(std::uint32_t periods) { return section_.periods = periods, *this; }
    Section& agency_only() { return section_.audience = SIYU_AGENCY, *this; }
    // Texts and figures of its own: the names that the templates use, and who puts them. `guides.name` is the key
    // `name` in each row of the list `guides`: {{#guides}}{{name}}{{/guides}} (contract 1.1).
    Section& fills(std::vector<std::string> keys, Fill fill) {
        keys_ = std::move(keys);
        fill_ = std::move(fill);
        return *this;
    }

  private:
    friend class Declarations;
    Section(std::string id, Words title, Words templates)
        : id_(std::move(id)), title_(std::move(title)), templates_(std::move(templates)) {
        section_.size = sizeof section_;
        section_.periods = SIYU_DAILY | SIYU_WEEKLY | SIYU_MONTHLY;
    }

    std::string id_;
    Words title_, templates_;
    std::vector<std::string> keys_;
    Fill fill_;
    siyu_section section_{};
};

// The plugin's own settings of the tenant. What has the wrong form the host reports to the PM; the fallback then
// stands.
class Settings {
  public:
    Settings(const siyu_host* host, siyu_context* context) : host_(host), context_(context) {}

    std::string text(std::string_view key, std::string_view fallback) const {
        siyu_text out{};
        const bool said = host_->setting(context_, detail::text(key), &out) == SIYU_OK;
        return said ? detail::string(out) : std::string(fallback);
    }
    Fraction number(std::string_view key, Fraction fallback) const { return ask(key, SIYU_ANY_NUMBER, fallback); }
    Fraction positive(std::string_view key, Fraction fallback) const { return ask(key, SIYU_POSITIVE, fallback); }
    std::int64_t whole(std::string_view key, std::int64_t fallback) const { return ask(key, SIYU_WHOLE, fallback).num; }
    std::int64_t positive_whole(std::string_view key, std::int64_t fallback) const {
        return ask(key, SIYU_POSITIVE_WHOLE, fallback).num;
    }
    // A number of days, 1 to `most`: no more than a report can look back, unless said otherwise.
    std::int32_t days(std::string_view key, std::int64_t fallback, std::int64_t most = 3660) const {
        const std::int64_t days = positive_whole(key, fallback);
        if (days > most)
            throw Failure(SIYU_BAD_CONFIG, std::string(key) + " is " + std::to_string(days) + "; it must be 1 to " +
                                               std::to_string(most) + " days");
        return static_cast<std::int32_t>(days);
    }
    // The words of a list with commas between, without the blanks around them; empty ones are left out.
    std::vector<std::string> words(std::string_view key, std::string_view fallback) const {
        std::vector<std::string> words;
        std::string word;
        for (const char c : text(key, fallback) + ',') {
            if (c != ',') {
                if (c != ' ' || !word.empty()) word += c;
                continue;
            }
            while (!word.empty() && word.back() == ' ') word.pop_back();
            if (!word.empty()) words.push_back(word);
            word.clear();
        }
        return words;
    }
    bool yes(std::string_view key, bool fallback) const { return ask(key, SIYU_YES_NO, fallback ? 1 : 0).num != 0; }

  private:
    Fraction ask(std::string_view key, std::uint32_t form, Fraction fallback) const {
        siyu_fraction out{0, 1};
        const siyu_status status = host_->setting_number(context_, detail::text(key), form, &out);
        return status == SIYU_OK ? Fraction(out.num, out.den) : fallback;
    }
    const siyu_host* host_;
    siyu_context* context_;
};

// What a plugin has to say; the host gathers the faults and reports them together.
class Declarations {
  public:
    Declarations(const siyu_host* host, siyu_context* context, std::deque<detail::Callback>& callbacks)
        : host_(host), context_(context), callbacks_(callbacks) {}

    Settings settings() const { return {host_, context_}; }

    // Everything that another plugin declares; to be said first.
    void extend(std::string_view plugin) {
        const siyu_status status = host_->extend(context_, detail::text(plugin));
        if (status != SIYU_OK) throw detail::Gap{status};  // the host knows the words
    }

    // Declaring the id of a KPI that an extended plugin declared replaces it in its place.
    Kpi& ratio(std::string id, Words title, const Measure& above, const Measure& below) {
        return declare(std::move(id), std::move(title), Unit::ratio, above, &below);
    }
    Kpi& multiple(std::string id, Words title, const Measure& above, const Measure& below) {
        return declare(std::move(id), std::move(title), Unit::multiple, above, &below);
    }
    Kpi& count(std::string id, Words title, const Measure& above) {
        return declare(std::move(id), std::move(title), Unit::count, above, nullptr);
    }
    Kpi& count(std::string id, Words title, const Measure& above, const Measure& below) {
        return declare(std::move(id), std::move(title), Unit::count, above, &below);
    }
    Kpi& money(std::string id, Words title, const Measure& above) {
        return declare(std::move(id), std::move(title), Unit::money, above, nullptr);
    }
    Kpi& money(std::string id, Words title, const Measure& above, const Measure& below) {
        return declare(std::move(id), std::move(title), Unit::money, above, &below);
    }
    // The exception: a KPI that is no fraction of two measures. Measures that it asks for come from measure().
    Kpi& computed(std::string id, Words title, Unit unit, Compute compute) {
        Kpi& kpi = add(std::move(id), std::move(title), unit);
        kpi.kpi_.compute = detail::Callback::run_compute;
        kpi.kpi_.data = keep({host_, std::move(compute), {}});
        return kpi;
    }
    Asked measure(const Measure& measure) { return Asked(handle(measure)); }

    // Another formula for a KPI of an extended plugin; title, unit and all else stay.
    void redefine(std::string_view kpi, const Measure& above) { redefine(kpi, handle(above), 0); }
    void redefine(std::string_view kpi, const Measure& above, const Measure& below) {
        redefine(kpi, handle(above), handle(below));
    }

    // The plugin's own lines, where the forecast table gives none.
    void lines(std::string_view kpi, std::optional<Fraction> normal, std::optional<Fraction> good,
               std::optional<Fraction> excess) {
        const auto line = [](const std::optional<Fraction>& value) {
            return value ? detail::fraction(*value) : siyu_fraction{0, 0};
        };
        const siyu_lines out{sizeof out, 0, detail::text(kpi), line(normal), line(good), line(excess)};
        host_->declare_lines(context_, &out);
    }

    // Members a guide, and guides for each operator and content editor.
    void staffing(Fraction members_per_guide, std::optional<Fraction> guides_per_operator = std::nullopt) {
        const siyu_staffing out{sizeof out, 0, detail::fraction(members_per_guide),
                                guides_per_operator ? detail::fraction(*guides_per_operator) : siyu_fraction{0, 0}};
        host_->declare_staffing(context_, &out);
    }
    // One more role: driver / per_person, rounded up, and not less than at_least.
    void role(std::string_view id, const Words& title, const Measure& driver, Fraction per_person,
              std::int64_t at_least = 0) {
        const siyu_role out{sizeof out,
                            handle(driver),
                            detail::text(id),
                            detail::text(title.zh),
                            detail::text(title.en),
                            detail::fraction(per_person),
                            at_least};
        host_->declare_role(context_, &out);
    }

    // A part of the report, Mustache in Chinese and English over {{gmv}}, {{gmv_title}}, {{gmv_prev}}, {{gmv_change}},
    // {{gmv_line}}, {{gmv_attainment}} of every KPI, {{tenant}}, {{period}}, {{first}}, {{last}}, {{title}}, and the
    // keys that it fills itself.
    Section& section(std::string id, Words title, Words templates) {
        sections_.push_back(Section(std::move(id), std::move(title), std::move(templates)));
        return sections_.back();
    }

    // Hands over what was said in chains; called once, after Plugin::declare.
    void finish() {
        for (Kpi& kpi : kpis_) {
            kpi.kpi_.id = detail::text(kpi.id_);
            kpi.kpi_.title_zh = detail::text(kpi.title_.zh);
            kpi.kpi_.title_en = detail::text(kpi.title_.en);
            host_->declare_kpi(context_, &kpi.kpi_);
        }
        for (Section& section : sections_) finish(section);
    }

  private:
    Kpi& add(std::string id, Words title, Unit unit) {
        kpis_.push_back(Kpi(std::move(id), std::move(title), unit));
        return kpis_.back();
    }
    Kpi& declare(std::string id, Words title, Unit unit, const Measure& above, const Measure* below) {
        Kpi& kpi = add(std::move(id), std::move(title), unit);
        kpi.kpi_.above = handle(above);
        kpi.kpi_.below = below ? handle(*below) : 0;
        return kpi;
    }
    void redefine(std::string_view kpi, siyu_measure above, siyu_measure below) {
        const siyu_formula out{sizeof out, above, below, 0, detail::text(kpi)};
        host_->redefine_kpi(context_, &out);
    }
    void finish(Section& section) {
        siyu_section& out = section.section_;
        std::vector<siyu_text> keys;
        for (const std::string& key : section.keys_) {
            if (key.find('.') != std::string::npos) detail::need(host_, 1);
            keys.push_back(detail::text(key));
        }
        out.id = detail::text(section.id_);
        out.title_zh = detail::text(section.title_.zh), out.title_en = detail::text(section.title_.en);
        out.template_zh = detail::text(section.templates_.zh), out.template_en = detail::text(section.templates_.en);
        out.keys = keys.data(), out.key_count = static_cast<std::uint32_t>(keys.size());
        if (section.fill_) {
            out.fill = detail::Callback::run_fill;
            out.data = keep({host_, {}, section.fill_});
        }
        host_->declare_section(context_, &out);
    }
    void* keep(detail::Callback callback) {
        callbacks_.push_back(std::move(callback));
        return &callbacks_.back();
    }

    siyu_measure handle(const Measure& measure) { return detail::handle(host_, context_, measure.node()); }

    const siyu_host* host_;
    siyu_context* context_;
    std::deque<detail::Callback>& callbacks_;
    std::deque<Kpi> kpis_;
    std::deque<Section> sections_;
};

}  // namespace contract_v1
}  // namespace siyu
