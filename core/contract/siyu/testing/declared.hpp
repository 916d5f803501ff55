// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../declarations.hpp"

// What a test looks at: what a plugin declared, and what came of asking it.
namespace siyu {
inline namespace contract_v1 {
namespace testing {
namespace detail {

inline std::optional<Fraction> given(const siyu_fraction& value) {
    return value.den > 0 ? std::optional(Fraction(value.num, value.den)) : std::nullopt;
}
inline Words words_of(siyu_text zh, siyu_text en) {
    return {contract_v1::detail::string(zh), contract_v1::detail::string(en)};
}

}  // namespace detail

// Measures are written as their author writes them; "" where there is none.
struct DeclaredKpi {
    DeclaredKpi() = default;
    DeclaredKpi(const siyu_kpi& said, std::string text_above, std::string text_below)
        : id(contract_v1::detail::string(said.id)),
          title(detail::words_of(said.title_zh, said.title_en)),
          unit(static_cast<Unit>(said.unit)),
          group(static_cast<Group>(said.group)),
          better(said.better),
          agency_only(said.audience == SIYU_AGENCY),
          adding(said.flags & SIYU_ADDING),
          scales_with_traffic(said.flags & SIYU_SCALES_WITH_TRAFFIC),
          projected(said.flags & SIYU_PROJECTED),
          headline(said.flags & SIYU_HEADLINE),
          above(std::move(text_above)),
          below(std::move(text_below)),
          computed(said.compute != nullptr) {}

    std::string id;
    Words title;
    Unit unit = Unit::count;
    Group group = Group::result;
    std::int32_t better = SIYU_HIGHER;
    bool agency_only = false;
    bool adding = false, scales_with_traffic = false, projected = false, headline = false;
    std::string above, below;
    bool computed = false;
    bool redefined = false;  // of an extended plugin: above and below are all that was said
};
struct DeclaredLines {
    std::optional<Fraction> normal, good, excess;
};
struct DeclaredStaffing {
    std::optional<Fraction> members_per_guide, guides_per_operator;
};
struct DeclaredRole {
    DeclaredRole(const siyu_role& said, std::string text_driver)
        : id(contract_v1::detail::string(said.id)),
          title(detail::words_of(said.title_zh, said.title_en)),
          driver(std::move(text_driver)),
          per_person(detail::given(said.per_person).value_or(Fraction())),
          at_least(said.at_least) {}

    std::string id;
    Words title;
    std::string driver;
    Fraction per_person;
    std::int64_t at_least = 0;
};
struct DeclaredSection {
    explicit DeclaredSection(const siyu_section& said)
        : id(contract_v1::detail::string(said.id)),
          title(detail::words_of(said.title_zh, said.title_en)),
          templates(detail::words_of(said.template_zh, said.template_en)),
          periods(said.periods),
          agency_only(said.audience == SIYU_AGENCY),
          fills(said.fill != nullptr) {
        for (std::uint32_t i = 0; i < said.key_count; ++i) keys.push_back(contract_v1::detail::string(said.keys[i]));
    }

    std::string id;
    Words title, templates;
    std::vector<std::string> keys;
    std::uint32_t periods = 0;  // SIYU_DAILY | SIYU_WEEKLY | SIYU_MONTHLY
    bool agency_only = false, fills = false;
};

// What the plugin's entry returned, and the words that it gave for a failure.
struct Outcome {
    siyu_status status = SIYU_OK;
    std::string words;
};
struct Computed : Outcome {
    std::optional<Fraction> value;  // nothing unless the status is SIYU_OK
};
// What stands under a key: a text; or a figure, which has no value where the status says why.
struct Put {
    Put() = default;
    explicit Put(std::string words) : text(std::move(words)) {}
    explicit Put(const siyu_cell& cell) : status(cell.status) {
        if (cell.figure.den <= 0 && cell.status == SIYU_OK) {
            text = contract_v1::detail::string(cell.text);
            return;
        }
        unit = static_cast<Unit>(cell.unit);
        if (cell.status == SIYU_OK) figure = detail::given(cell.figure);
    }

    std::string text;
    std::optional<Fraction> figure;
    std::optional<Unit> unit;  // nothing for a text
    siyu_status status = SIYU_OK;
};
struct Filled : Outcome {
    using Row = std::map<std::string, Put>;
    Row keys;
    std::map<std::string, std::vector<Row>> lists;

    // Of the key; "" where it was not put.
    std::string text(const std::string& key) const {
        const auto found = keys.find(key);
        return found == keys.end() ? std::string() : found->second.text;
    }
    std::optional<Fraction> figure(const std::string& key) const {
        const auto found = keys.find(key);
        return found == keys.end() ? std::nullopt : found->second.figure;
    }
    // Of the list; no rows where none was put.
    const std::vector<Row>& rows(const std::string& list) const {
        static const std::vector<Row> none;
        const auto found = lists.find(list);
        return found == lists.end() ? none : found->second;
    }
};
struct LogLine {
    std::uint32_t level = SIYU_DEBUG;
    std::string words;
};

}  // namespace testing
}  // namespace contract_v1
}  // namespace siyu
