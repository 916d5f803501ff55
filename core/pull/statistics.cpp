// SPDX-License-Identifier: Apache-2.0
#include "core/pull/statistics.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/pull/pull_days.hpp"

namespace siyu {

namespace {

using Json = nlohmann::json;

std::int64_t seconds_of(Day day) { return Zone(wecom_zone).start_of(day).micros / micros_per_second; }

// A number as it is written, as a number or (generated schemas have it) as a text. Empty where there is none.
std::string number_in(const Json& row, const char* name) {
    const auto found = row.find(name);
    if (found == row.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

bool is_count(const std::string& text) {
    return !text.empty() && text.size() <= 15 && text.find_first_not_of("0123456789") == std::string::npos;
}

// Seconds since 1970, up to the year 2286.
bool is_time(const std::string& text) { return is_count(text) && text.size() <= 10; }

bool is_decimal(const std::string& text) {
    const std::size_t dot = text.find('.');
    return is_count(text.substr(0, dot)) && (dot == std::string::npos || is_count(text.substr(dot + 1)));
}

// One row of an answer, with what is wrong about it told as where it stood.
class Answered {
  public:
    Answered(const Json& row, const std::string& call) : row_(row), call_(call) {
        if (!row.is_object()) refuse("");
    }
    std::string count(const char* name, bool needed = true) const { return take(name, needed, is_count); }
    std::string decimal(const char* name) const { return take(name, false, is_decimal); }
    // The day is named by its first second; it has to be one that was asked for.
    Day day(DaySpan asked) const {
        const std::string text = take("stat_time", true, is_time);
        const Day day = Zone(wecom_zone).day_of({std::stoll(text) * micros_per_second});
        if (day < asked.first || day > asked.last) refuse("stat_time");
        return day;
    }

  private:
    std::string take(const char* name, bool needed, bool (*good)(const std::string&)) const {
        const std::string text = number_in(row_, name);
        if (text.empty() ? needed : !good(text)) refuse(name);
        return text;
    }
    [[noreturn]] void refuse(const std::string& field) const {
        throw Error(Error::unreachable, "pull.odd_answer", {{"call", call_}, {"field", field}});
    }

    const Json& row_;
    const std::string& call_;
};

// The rows of an answer by their day. Of two for one day the last counts, as in a file.
using RowsByDay = std::map<Day, Json>;

void ask_piece(Wecom& wecom, const std::string& call, const Json& question, const char* list, DaySpan days,
               RowsByDay& rows) {
    const Json answer = wecom.ask(call, question);
    const auto found = answer.find(list);
    if (found == answer.end() || !found->is_array())
        throw Error(Error::unreachable, "pull.odd_answer", {{"call", call}, {"field", list}});
    for (const Json& row : *found) rows[Answered(row, call).day(days)] = row;
}

bool all_zero(const std::vector<std::string>& cells, std::size_t from) {
    return std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(from), cells.end(),
                       [](const std::string& cell) { return cell.find_first_not_of("0.") == std::string::npos; });
}

}  // namespace

std::vector<MemberDay> guide_days_of(Wecom& wecom, const std::string& member, DaySpan days) {
    const std::string call = "externalcontact/get_user_behavior_data";
    RowsByDay rows;
    for (const DaySpan& piece : pieces_of(days))
        ask_piece(wecom, call,
                  {{"userid", Json::array({member})},
                   {"start_time", seconds_of(piece.first)},
                   {"end_time", seconds_of(piece.last)}},
                  "behavior_data", piece, rows);
    std::vector<MemberDay> found;
    for (const auto& [day, row] : rows) {
        const Answered said(row, call);
        MemberDay one{day,
                      {to_string(day), member, said.count("chat_cnt"), said.count("message_cnt"),
                       said.decimal("reply_percentage"), said.decimal("avg_reply_time"),
                       said.count("negative_feedback_cnt", false), said.count("new_apply_cnt", false),
                       said.count("new_contact_cnt", false)}};
        one.idle = all_zero(one.cells, 2);
        found.push_back(std::move(one));
    }
    return found;
}

std::vector<MemberDay> group_days_of(Wecom& wecom, const std::string& member, DaySpan days) {
    const std::string call = "externalcontact/groupchat/statistic_group_by_day";
    RowsByDay rows;
    for (const DaySpan& piece : pieces_of({days.first - 1, days.last}))
        ask_piece(wecom, call,
                  {{"day_begin_time", seconds_of(piece.first)},
                   {"day_end_time", seconds_of(piece.last)},
                   {"owner_filter", {{"userid_list", Json::array({member})}}}},
                  "items", piece, rows);
    std::vector<MemberDay> found;
    bool any = false;
    std::optional<std::pair<Day, std::int64_t>> before;  // messages up to the end of a day
    for (const auto& [day, row] : rows) {
        const auto data = row.find("data");
        const Json nothing;
        const Answered said(data == row.end() ? nothing : *data, call);
        const std::int64_t messages = std::stoll(said.count("msg_total"));
        const bool told = before && before->first + 1 == day && before->second <= messages;
        const std::string of_day = told ? std::to_string(messages - before->second) : std::string();
        before = {day, messages};
        MemberDay one{
            day,
            {to_string(day), owner_of(member), said.count("member_total"), said.count("new_member_cnt"), "", of_day}};
        one.idle = one.cells[2] == "0" && messages == 0;
        any = any || !one.idle || said.count("chat_total") != "0";
        if (day >= days.first) found.push_back(std::move(one));
    }
    return any ? found : std::vector<MemberDay>();
}

std::string canonical_csv(Fact fact, const std::vector<MemberDay>& rows) {
    std::string text;
    for (const Column& column : kind_of(fact).columns) (text += text.empty() ? "" : ",") += column.name;
    for (const MemberDay& row : rows) {
        text += "\r\n";
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (i > 0) text += ',';
            text += '"';
            for (const char c : row.cells[i]) text += c == '"' ? "\"\"" : std::string(1, c);
            text += '"';
        }
    }
    return text + "\r\n";
}

}  // namespace siyu
