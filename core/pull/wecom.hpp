// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/base/error.hpp"
#include "core/base/zone.hpp"
#include "core/network/network.hpp"

namespace siyu {

// An application of a company in WeCom, as which we ask.
struct WecomAccount {
    std::string url = "https://qyapi.weixin.qq.com";  // without a / at its end
    std::string corp_id, secret;
    std::string authority;     // a file of certificates to trust besides the system's; empty: none
    int timeout_seconds = 30;  // of each step of a call
    int pause_seconds = 20;    // before a call is made again; doubled each time
};

// WeCom answered a call with an errcode of its own and will do so again.
class WecomRefusal : public Error {
  public:
    WecomRefusal(int errcode, Note note) : Error(unreachable, std::move(note)), errcode_(errcode) {}
    int errcode() const { return errcode_; }
    // The member that was asked about is not there: no such userid, or one that left the company.
    bool unknown_member() const { return errcode_ == 40003 || errcode_ == 60111; }

  private:
    int errcode_;
};

// WeCom's server API (developer.work.weixin.qq.com), asked one call after the other. The token that a call needs is
// fetched when there is none, kept in memory as long as WeCom said (91039), and stored nowhere.
class Wecom {
  public:
    // `pause` waits so many seconds, and may tell that it does. What is given outlives this object.
    Wecom(const Network& network, WecomAccount account, std::function<void(int seconds)> pause);

    // The time by WeCom's clock, for it is WeCom that says which days are over; by ours where its answers lack a date.
    Instant now();
    // The answer to a call, `externalcontact/get_user_behavior_data` for example: by POST, or by GET where the body is
    // null. What may pass (busy, too many calls, a lost connection) is tried again three times. Throws WecomRefusal, or
    // Error (unreachable) where no answer of WeCom's is to be had.
    nlohmann::json ask(const std::string& path, const nlohmann::json& body);

  private:
    using Clock = std::chrono::steady_clock;

    WebReply send(const std::string& path, const std::map<std::string, std::string>& values,
                  const nlohmann::json& body);
    nlohmann::json patiently(const std::string& path, const std::map<std::string, std::string>& values,
                             const nlohmann::json& body, bool known);
    void sign_in();
    [[noreturn]] void refuse(const std::string& path, int errcode, const nlohmann::json& answer) const;

    const Network& network_;
    WecomAccount account_;
    std::function<void(int)> pause_;
    std::string token_;
    Clock::time_point good_until_;
    std::int64_t date_ = 0;  // of the last answer
};

}  // namespace siyu
