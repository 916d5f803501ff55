// SPDX-License-Identifier: Apache-2.0
#include "core/host/answers.hpp"

#include <cstddef>

#include "core/host/expressions.hpp"
#include "core/host/names.hpp"
#include "core/host/serving.hpp"

namespace siyu {

namespace {

using Phase = siyu_context::Phase;

constexpr std::uint32_t most_columns = 64;
constexpr int most_days = 3660;

template <class Run>
siyu_status answer(siyu_context* context, const char* function, Run run) noexcept {
    return serve(context, function, {Phase::computing, Phase::filling}, run);
}

siyu_status status_of(Gap gap) {
    switch (gap) {
        case Gap::not_ready: return SIYU_NOT_READY;
        case Gap::not_applicable: return SIYU_NOT_APPLICABLE;
        case Gap::no_value: break;
    }
    return SIYU_NO_VALUE;
}

// The figure as it crosses; a gap is a status.
siyu_status give(siyu_context* context, const Value& value, siyu_fraction& out) {
    if (!value) return status_of(value.gap());
    if (const std::optional<siyu_fraction> crossing = lent(*value)) {
        out = *crossing;
        return SIYU_OK;
    }
    note(context, "plugin.too_large", {});
    return SIYU_FAILED;
}

// Only what this instance declared: other plugins of the blueprint have measures of their own.
MeasureId known(siyu_context* context, const char* function, siyu_measure handle, bool somewhere_to_put) {
    const MeasureId id = Expressions::measure_of(handle, context->measures);
    if (id != none && somewhere_to_put) return id;
    note(context, "plugin.bad_handle", {{"what", function}, {"value", std::to_string(handle)}});
    return none;
}

std::string shown(std::int32_t day) {
    const bool there = day >= earliest_day.number && day <= latest_day.number;
    return there ? to_string(Day{day}) : std::to_string(day);
}

// A report knows nothing of the days after its own.
bool sound(siyu_context* context, const char* function, std::int32_t first, std::int32_t last) {
    const Day end = context->evaluation->period().last;
    if (first >= earliest_day.number && first <= last && last <= end.number && last - first < most_days) return true;
    note(context, "plugin.bad_days",
         {{"function", function},
          {"first", shown(first)},
          {"last", shown(last)},
          {"end", to_string(end)},
          {"most", std::to_string(most_days)}});
    return false;
}

// Puts what was noted on the account of the plugin.
siyu_status blame(siyu_context* context, const Problems& problems) {
    for (const Note& problem : problems.notes()) note(context, problem);
    return SIYU_BAD_CALL;
}

// What the engine refuses, such as a measure that cannot be divided, is the plugin's fault; all else passes.
template <class Ask>
siyu_status refusable(siyu_context* context, Ask ask) {
    try {
        return ask();
    } catch (const Error& error) {
        if (error.code() != Error::refused) throw;
        note(context, error.note());
        return SIYU_BAD_CALL;
    }
}

}  // namespace

siyu_status answer_period(siyu_context* context, siyu_period* out) noexcept {
    return answer(context, "period", [&]() -> siyu_status {
        if (!out || out->size < size_in_1_0<siyu_period>)
            return bad_call(context, "plugin.bad_struct", {{"what", "siyu_period"}});
        const Period& period = context->evaluation->period();
        out->rhythm = period.rhythm == Rhythm::daily    ? SIYU_DAILY
                      : period.rhythm == Rhythm::weekly ? SIYU_WEEKLY
                                                        : SIYU_MONTHLY;
        out->first = period.first.number;
        out->last = period.last.number;
        return SIYU_OK;
    });
}

siyu_status answer_value(siyu_context* context, siyu_measure handle, siyu_fraction* out) noexcept {
    return answer(context, "value", [&]() -> siyu_status {
        const MeasureId id = known(context, "value", handle, out != nullptr);
        return id == none ? SIYU_BAD_CALL : give(context, context->evaluation->measure(id), *out);
    });
}

siyu_status answer_value_over(siyu_context* context, siyu_measure handle, std::int32_t first, std::int32_t last,
                              siyu_fraction* out) noexcept {
    return answer(context, "value_over", [&]() -> siyu_status {
        const MeasureId id = known(context, "value_over", handle, out != nullptr);
        if (id == none || !sound(context, "value_over", first, last)) return SIYU_BAD_CALL;
        return give(context, context->evaluation->measure(id, Day{first}, Day{last}), *out);
    });
}

siyu_status answer_split(siyu_context* context, siyu_measure handle, siyu_text column, std::int32_t first,
                         std::int32_t last, const siyu_part** out, std::uint64_t* count) noexcept {
    return answer(context, "split", [&]() -> siyu_status {
        const MeasureId id = known(context, "split", handle, out && count);
        if (id == none || !sound(context, "split", first, last)) return SIYU_BAD_CALL;
        Problems problems;
        std::string name = readable(column);
        if (!find_column(name, problems)) return blame(context, problems);
        return refusable(context, [&]() -> siyu_status {
            const auto& values =
                context->lent.splits.emplace_back(context->evaluation->split(id, name, Day{first}, Day{last}));
            std::vector<siyu_part> parts;
            parts.reserve(values.size());
            for (const auto& [value, figure] : values) {
                siyu_part& part = parts.emplace_back(siyu_part{lent(value), {0, 0}, SIYU_OK, 0});
                part.status = give(context, figure, part.figure);
                if (part.status == SIYU_FAILED) return SIYU_FAILED;
            }
            const auto& kept = context->lent.parts.emplace_back(std::move(parts));
            *out = kept.data();
            *count = kept.size();
            return SIYU_OK;
        });
    });
}

siyu_status answer_roster(siyu_context* context, siyu_text name, const siyu_text* columns, std::uint32_t column_count,
                          std::int32_t day, const siyu_text** out, std::uint64_t* count) noexcept {
    return answer(context, "roster", [&]() -> siyu_status {
        if (!out || !count || !columns || column_count == 0 || column_count > most_columns)
            return bad_call(context, "plugin.bad_struct", {{"what", "roster"}});
        Problems problems;
        std::string wanted = readable(name);
        const Roster* roster = find_roster(wanted, problems);
        std::vector<std::string> names;
        for (std::uint32_t i = 0; roster && i < column_count; ++i) {
            names.push_back(readable(columns[i]));
            find_column(kind_of(roster->fact), names.back(), problems);
        }
        const bool days_sound = sound(context, "roster", day, day);
        if (!problems.empty() || !days_sound) return blame(context, problems);
        return refusable(context, [&]() -> siyu_status {
            const auto& rows = context->lent.rosters.emplace_back(context->evaluation->roster(wanted, names, Day{day}));
            std::vector<siyu_text> cells;
            cells.reserve(rows.size() * names.size());
            for (const auto& row : rows)
                for (std::size_t i = 0; i < names.size(); ++i) cells.push_back(lent(row.at(i)));
            const auto& kept = context->lent.cells.emplace_back(std::move(cells));
            *out = kept.data();
            *count = rows.size();
            return SIYU_OK;
        });
    });
}

}  // namespace siyu
