// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "core/host/context.hpp"
#include "core/host/draft.hpp"
#include "core/host/wire.hpp"

// What a plugin calls. Nothing is thrown into a plugin, nothing of a plugin is believed.
namespace siyu {

namespace {

using Phase = siyu_context::Phase;

constexpr std::size_t most_words = 4096, most_text = 65536;

// A name or sentence for people to read: what is no UTF-8 or too long does not get far.
std::string readable(siyu_text handed) { return taken(handed, most_words).value_or("(?)"); }

void note(siyu_context* context, std::string id, std::vector<std::pair<std::string, std::string>> with) {
    if (context->faults.size() < 50) context->faults.push_back({std::move(id), std::move(with)});
}

// Runs a host function in the phases it belongs to; what it throws waits until the plugin has come back.
template <class Run>
siyu_status serve(siyu_context* context, const char* function, std::initializer_list<Phase> phases, Run run) noexcept {
    if (!context) return SIYU_BAD_CALL;
    try {
        if (std::find(phases.begin(), phases.end(), context->phase) == phases.end()) {
            if (context->phase != Phase::outside) note(context, "plugin.not_now", {{"function", function}});
            return SIYU_BAD_CALL;
        }
        return run();
    } catch (...) {
        if (!context->thrown) context->thrown = std::current_exception();
        return SIYU_FAILED;
    }
}

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

bool to_fraction(const Fraction& value, siyu_fraction& out) {
    const auto whole = [](const std::string& digits, std::int64_t& into) {
        return std::from_chars(digits.data(), digits.data() + digits.size(), into).ec == std::errc();
    };
    return whole(value.num(), out.num) && whole(value.den(), out.den);
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
        if (number && to_fraction(*number, *out)) return SIYU_OK;
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

siyu_status value(siyu_context* context, siyu_measure handle, siyu_fraction* out) noexcept {
    return serve(context, "value", {Phase::computing, Phase::filling}, [&]() -> siyu_status {
        const MeasureId id = Expressions::measure_of(handle, context->measures);
        if (id == none || !out) {
            note(context, "plugin.bad_handle", {{"what", "value"}, {"value", std::to_string(handle)}});
            return SIYU_BAD_CALL;
        }
        const Value value = context->evaluation->measure(id);
        if (!value) {
            switch (value.gap()) {
                case Gap::not_ready: return SIYU_NOT_READY;
                case Gap::not_applicable: return SIYU_NOT_APPLICABLE;
                case Gap::no_value: return SIYU_NO_VALUE;
            }
        }
        if (to_fraction(*value, *out)) return SIYU_OK;
        note(context, "plugin.too_large", {});
        return SIYU_FAILED;
    });
}

siyu_status period(siyu_context* context, siyu_period* out) noexcept {
    return serve(context, "period", {Phase::computing, Phase::filling}, [&]() -> siyu_status {
        if (!out || out->size < sizeof(siyu_period)) {
            note(context, "plugin.bad_struct", {{"what", "siyu_period"}});
            return SIYU_BAD_CALL;
        }
        const Period& period = context->evaluation->period();
        out->rhythm = period.rhythm == Rhythm::daily    ? SIYU_DAILY
                      : period.rhythm == Rhythm::weekly ? SIYU_WEEKLY
                                                        : SIYU_MONTHLY;
        out->first = period.first.number;
        out->last = period.last.number;
        return SIYU_OK;
    });
}

siyu_status put_text(siyu_context* context, siyu_text key, siyu_text text) noexcept {
    return serve(context, "put_text", {Phase::filling}, [&]() -> siyu_status {
        const std::string name = readable(key);
        if (std::find(context->keys->begin(), context->keys->end(), name) == context->keys->end()) {
            note(context, "plugin.undeclared_key", {{"key", name}});
            return SIYU_BAD_CALL;
        }
        std::optional<std::string> words = taken(text, most_text);
        if (!words) {
            note(context, "plugin.bad_text", {{"what", name}, {"most", std::to_string(most_text)}});
            return SIYU_BAD_CALL;
        }
        for (auto& [known, put] : context->texts) {
            if (known != name) continue;
            put = *std::move(words);
            return SIYU_OK;
        }
        context->texts.emplace_back(name, *std::move(words));
        return SIYU_OK;
    });
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
        value,
        period,
        put_text,
        cancelled,
        extension,
    };
    return table;
}

}  // namespace siyu
