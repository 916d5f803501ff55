// SPDX-License-Identifier: Apache-2.0
#include "core/net/robot.hpp"

#include <nlohmann/json.hpp>

#include "core/base/error.hpp"
#include "core/net/web_query.hpp"
#include "core/net/words.hpp"

namespace siyu {

using Outcome = Receipt::Outcome;

namespace {

// 45009: more than 20 messages a minute. -1: the system is busy.
Receipt judge(const std::string& answer, const std::vector<std::string>& secrets) {
    const auto json = nlohmann::json::parse(answer, nullptr, false);
    if (!json.is_object() || !json.contains("errcode") || !json["errcode"].is_number_integer())
        return {Outcome::unsure, 0, sentence("net.no_robot")};
    const int code = json["errcode"].get<int>();
    const bool said = json.contains("errmsg") && json["errmsg"].is_string();
    const std::string words = one_line(said ? json["errmsg"].get<std::string>() : std::string(), secrets);
    if (code == 0) return {Outcome::accepted, 0, words};
    return {code == 45009 || code == -1 ? Outcome::later : Outcome::never, code, words};
}

}  // namespace

Receipt post_to_robot(const std::string& url, const std::string& json, const std::string& authority,
                      int timeout_seconds) {
    const WebQuery query{.url = url,
                         .values = {},
                         .json = json,
                         .authority = authority,
                         .timeout_seconds = timeout_seconds,
                         .most_bytes = 64 << 10};
    const WebReply reply = ask_web(query);
    const int status = reply.status;
    switch (reply.end) {
        case WebReply::End::bad_url: return {Outcome::later, 0, sentence("net.bad_robot")};
        case WebReply::End::unsent: return {Outcome::later, 0, reply.words};
        case WebReply::End::unanswered:
            return {Outcome::unsure, 0, status == 0 ? reply.words : sentence("net.no_robot")};
        case WebReply::End::answered: break;
    }
    if (status != 200) return {status == 429 || status >= 500 ? Outcome::later : Outcome::never, status, reply.words};
    return judge(reply.body, secrets_of(query));
}

}  // namespace siyu
