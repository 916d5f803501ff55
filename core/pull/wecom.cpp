// SPDX-License-Identifier: Apache-2.0
#include "core/pull/wecom.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace siyu {

namespace {

using Json = nlohmann::json;
using End = WebReply::End;

// 90313: a call that the system was too busy for is made again, three times at most. A company that calls too often is
// kept out for a minute (90312); the pauses together are longer.
constexpr int most_repeats = 3;

bool passes(int errcode) { return errcode == -1 || errcode == 45009 || errcode == 45033; }

// 40014, 42001: the token is not or no longer good, WeCom may end one before its time (91039). Some calls say 40001.
bool of_token(int errcode) { return errcode == 40014 || errcode == 42001 || errcode == 40001; }

// The sentence that says what to do; nothing for a code that has none of its own.
const char* advice_for(int errcode) {
    switch (errcode) {
        case 40001:
        case 40091: return "pull.bad_secret";
        case 40013: return "pull.bad_corp";
        case 40014:
        case 42001: return "pull.bad_token";
        case 40003:
        case 60111: return "pull.unknown_member";
        case 48002: return "pull.forbidden";
        case 60011:
        case 81011: return "pull.out_of_sight";
        case 60020: return "pull.bad_ip";
        case 84074: return "pull.no_contact_right";
        case 50003:
        case 301002: return "pull.app_off";
        case -1: return "pull.busy";
        case 45009: return "pull.too_often";
        case 45033: return "pull.too_many";
        default: return nullptr;
    }
}

Error no_wecom(const std::string& host) { return Error(Error::unreachable, "pull.no_wecom", {{"host", host}}); }

}  // namespace

Wecom::Wecom(const Network& network, WecomAccount account, std::function<void(int seconds)> pause)
    : network_(network), account_(std::move(account)), pause_(std::move(pause)) {}

Instant Wecom::now() {
    if (date_ == 0) sign_in();
    if (date_ != 0) return {date_ * micros_per_second};
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

nlohmann::json Wecom::ask(const std::string& path, const nlohmann::json& body) {
    for (bool renewed = false;; renewed = true) {
        const bool fresh = token_.empty() || Clock::now() >= good_until_;
        if (fresh) sign_in();
        try {
            return patiently(path, {{"access_token", token_}}, body, true);
        } catch (const WecomRefusal& refusal) {
            if (!of_token(refusal.errcode()) || renewed) throw;
            token_.clear();
        }
    }
}

void Wecom::sign_in() {
    token_.clear();
    const Json answer =
        patiently("gettoken", {{"corpid", account_.corp_id}, {"corpsecret", account_.secret}}, nullptr, false);
    const auto token = answer.find("access_token"), seconds = answer.find("expires_in");
    if (token == answer.end() || !token->is_string() || token->get_ref<const std::string&>().empty() ||
        seconds == answer.end() || !seconds->is_number_integer())
        throw no_wecom(account_.url);
    token_ = token->get<std::string>();
    // A margin for the call on its way: the tenth part, of the usual two hours five minutes.
    const auto good = std::clamp<std::int64_t>(seconds->get<std::int64_t>(), 0, 86'400);
    good_until_ = Clock::now() + std::chrono::seconds(good - std::min<std::int64_t>(good / 10, 300));
}

WebReply Wecom::send(const std::string& path, const std::map<std::string, std::string>& values, const Json& body) {
    WebQuery query;
    query.url = account_.url + "/cgi-bin/" + path;
    query.values = values;
    if (!body.is_null()) query.json = body.dump();
    query.authority = account_.authority;
    query.timeout_seconds = account_.timeout_seconds;
    WebReply reply = network_.ask(query);
    if (reply.date != 0) date_ = reply.date;
    return reply;
}

// `known`: the address is WeCom's, for it answered before, so that a connection is worth another try.
nlohmann::json Wecom::patiently(const std::string& path, const std::map<std::string, std::string>& values,
                                const Json& body, bool known) {
    int pause = account_.pause_seconds;
    for (int repeats = 0;; ++repeats) {
        const bool last = repeats == most_repeats;
        const WebReply reply = send(path, values, body);
        const bool came = reply.end == End::answered && reply.status == 200;
        if (!came) {
            const bool worth = reply.end != End::bad_url && (reply.status < 300 || reply.status >= 500);
            if (last || !known || !worth) {
                const std::string status = reply.end == End::answered ? std::to_string(reply.status) + " " : "";
                throw Error(Error::unreachable, "pull.no_answer",
                            {{"host", account_.url}, {"words", reply.words.empty() ? status : status + reply.words}});
            }
        } else {
            Json answer = Json::parse(reply.body, nullptr, false);
            const auto code = answer.is_object() ? answer.find("errcode") : answer.end();
            if (!answer.is_object() || code == answer.end() || !code->is_number_integer()) throw no_wecom(account_.url);
            const auto errcode = code->get<std::int64_t>();
            if (errcode == 0) return answer;
            if (last || !passes(static_cast<int>(errcode))) refuse(path, static_cast<int>(errcode), answer);
        }
        pause_(pause);
        pause *= 2;
    }
}

void Wecom::refuse(const std::string& path, int errcode, const Json& answer) const {
    const auto said = answer.find("errmsg");
    const std::string words = said != answer.end() && said->is_string() ? said->get<std::string>() : std::string();
    const std::string code = std::to_string(errcode);
    Note note{"pull.refused",
              {{"call", path},
               {"code", code},
               {"words", network_.one_line(words, {account_.secret, account_.corp_id, token_})},
               {"advice", ""}}};
    if (const char* advice = advice_for(errcode)) note.with.back().second = sentence(advice);
    throw WecomRefusal(errcode, std::move(note));
}

}  // namespace siyu
