// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/host/answers.hpp"
#include "core/host/cells.hpp"
#include "core/host/draft.hpp"
#include "core/host/serving.hpp"

// What a plugin calls.
namespace siyu {

namespace {

using Phase = siyu_context::Phase;

// A declaring function: its status says whether the host found something wrong with it.
template <class Run>
siyu_status declaring(siyu_context* context, const char* function, Run run) noexcept {
    return serve(context, function, {Phase::declaring}, [&]() -> siyu_status {
        const std::size_t before = context->draft->problems().notes().size();
        run(*context->draft);
        return context->draft->problems().notes().size() == before ? SIYU_OK : SIYU_BAD_CALL;
    });
}

void fail(siyu_context* context, siyu_status, siyu_text words) noexcept {
    serve(context, "fail", {Phase::creating, Phase::declaring, Phase::computing, Phase::filling}, [&]() -> siyu_status {
        if (words.length > 0) context->words = readable(words);
        return SIYU_OK;
    });
}

// From any thread, so it touches nothing but what never changes.
void log(siyu_context* context, std::uint32_t level, siyu_text words) noexcept {
    if (!context) return;
    try {
        if (context->around->log)
            context->around->log(static_cast<int>(std::min<std::uint32_t>(level, SIYU_ERROR)), context->plugin,
                                 readable(words));
    } catch (...) {  // a lost line of the log is no reason to stop a report
    }
}

const std::string* find_setting(siyu_context* context, siyu_text key) {
    const std::string name = readable(key);
    context->around->asked.insert(name);
    const auto found = context->around->settings.find(name);
    return found == context->around->settings.end() ? nullptr : &found->second;
}

siyu_status setting(siyu_context* context, siyu_text key, siyu_text* out) noexcept {
    return serve(context, "setting", {Phase::creating, Phase::declaring}, [&]() -> siyu_status {
        const std::string* value = find_setting(context, key);
        if (!value) return SIYU_NO_VALUE;
        if (out) *out = lent(*value);
        return SIYU_OK;
    });
}

std::optional<Fraction> parse_setting(const std::string& value, std::uint32_t form) {
    if (form == SIYU_YES_NO) {
        for (const char* yes : {"yes", "true", "1", "是"})
            if (value == yes) return Fraction(1);
        for (const char* no : {"no", "false", "0", "否"})
            if (value == no) return Fraction(0);
        return std::nullopt;
    }
    std::optional<Fraction> number = Fraction::parse(value);
    const bool whole = form == SIYU_WHOLE || form == SIYU_POSITIVE_WHOLE;
    const bool positive = form == SIYU_POSITIVE || form == SIYU_POSITIVE_WHOLE;
    if (!number || (whole && (!number->whole() || number->sign() < 0)) || (positive && number->sign() <= 0))
        return std::nullopt;
    return number;
}

siyu_status setting_number(siyu_context* context, siyu_text key, std::uint32_t form, siyu_fraction* out) noexcept {
    return serve(context, "setting_number", {Phase::creating, Phase::declaring}, [&]() -> siyu_status {
        constexpr const char* sentences[] = {"plugin.setting_number", "plugin.setting_positive", "plugin.setting_whole",
                                             "plugin.setting_positive_whole", "plugin.setting_yes_no"};
        const std::string* value = find_setting(context, key);
        if (form > SIYU_YES_NO || !out) {
            note(context, "plugin.unknown_number", {{"what", "setting_number"}, {"value", std::to_string(form)}});
            return SIYU_BAD_CALL;
        }
        if (!value) return SIYU_NO_VALUE;
        const std::optional<Fraction> number = parse_setting(*value, form);
        if (const auto crossing = number ? lent(*number) : std::nullopt) {
            *out = *crossing;
            return SIYU_OK;
        }
        note(context, sentences[form], {{"setting", readable(key)}, {"value", *value}});
        return SIYU_BAD_CONFIG;
    });
}

siyu_status extend(siyu_context* context, siyu_text plugin) noexcept {
    return declaring(context, "extend", [&](Draft& draft) { draft.extend(plugin); });
}

siyu_set set(siyu_context* context, const siyu_set_expression* expression) noexcept {
    siyu_set handle = 0;
    declaring(context, "set", [&](Draft& draft) { handle = draft.expressions().add(expression); });
    return handle;
}

siyu_measure measure(siyu_context* context, const siyu_measure_expression* expression) noexcept {
    siyu_measure handle = 0;
    declaring(context, "measure", [&](Draft& draft) { handle = draft.expressions().add(expression); });
    return handle;
}

siyu_status declare_kpi(siyu_context* context, const siyu_kpi* kpi) noexcept {
    return declaring(context, "declare_kpi", [&](Draft& draft) { draft.kpi(kpi); });
}

siyu_status redefine_kpi(siyu_context* context, const siyu_formula* formula) noexcept {
    return declaring(context, "redefine_kpi", [&](Draft& draft) { draft.redefine(formula); });
}

siyu_status declare_lines(siyu_context* context, const siyu_lines* lines) noexcept {
    return declaring(context, "declare_lines", [&](Draft& draft) { draft.lines(lines); });
}

siyu_status declare_staffing(siyu_context* context, const siyu_staffing* staffing) noexcept {
    return declaring(context, "declare_staffing", [&](Draft& draft) { draft.staffing(staffing); });
}

siyu_status declare_role(siyu_context* context, const siyu_role* role) noexcept {
    return declaring(context, "declare_role", [&](Draft& draft) { draft.role(role); });
}

siyu_status declare_section(siyu_context* context, const siyu_section* section) noexcept {
    return declaring(context, "declare_section", [&](Draft& draft) { draft.section(section); });
}

std::int32_t cancelled(siyu_context* context) noexcept {
    try {
        return context && context->around->cancelled && context->around->cancelled() ? 1 : 0;
    } catch (...) {
        return 1;
    }
}

// None yet.
const void* extension(siyu_context*, siyu_text) noexcept { return nullptr; }

}  // namespace

const siyu_host& host_table() {
    static const siyu_host table{
        sizeof(siyu_host),
        SIYU_CONTRACT_MINOR,
        fail,
        log,
        setting,
        setting_number,
        extend,
        set,
        measure,
        declare_kpi,
        redefine_kpi,
        declare_lines,
        declare_staffing,
        declare_role,
        declare_section,
        answer_value,
        answer_period,
        put_text,
        cancelled,
        extension,
        answer_value_over,
        answer_split,
        answer_roster,
        put_figure,
        put_row,
    };
    return table;
}

}  // namespace siyu
