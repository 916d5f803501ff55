// SPDX-License-Identifier: Apache-2.0
#include "core/net/robot.hpp"

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/URI.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/error.hpp"
#include "core/net/trust.hpp"
#include "core/net/words.hpp"

namespace siyu {

namespace net = Poco::Net;
using Outcome = Receipt::Outcome;

namespace {

std::unique_ptr<net::HTTPClientSession> session_for(const Poco::URI& uri, const std::string& authority) {
    const std::string& host = uri.getHost();
    if (uri.getScheme() == "https" && !host.empty())
        return std::make_unique<net::HTTPSClientSession>(host, uri.getPort(), trust(authority));
    if (uri.getScheme() == "http" && (host == "127.0.0.1" || host == "localhost"))
        return std::make_unique<net::HTTPClientSession>(host, uri.getPort());
    return nullptr;
}

// The body of an answer, nothing where it is longer than we want to hear or does not end in time.
std::optional<std::string> read_answer(std::istream& stream, std::chrono::seconds most_time) {
    constexpr std::size_t most = 64 << 10;
    const auto until = std::chrono::steady_clock::now() + most_time;
    std::string text;
    for (int c; (c = stream.get()) != std::istream::traits_type::eof();) {
        if (text.size() == most || std::chrono::steady_clock::now() > until) return std::nullopt;
        text += static_cast<char>(c);
    }
    if (stream.bad()) return std::nullopt;
    return text;
}

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
    std::vector<std::string> secrets;
    bool complete = false;
    try {
        const Poco::URI uri(url);
        secrets.push_back(uri.getRawQuery());
        for (const auto& [name, value] : uri.getQueryParameters()) secrets.push_back(value);
        const auto session = session_for(uri, authority);
        if (!session) return {Outcome::later, 0, sentence("net.bad_robot")};
        session->setTimeout(Poco::Timespan(timeout_seconds, 0));

        net::HTTPRequest request(net::HTTPRequest::HTTP_POST, uri.getPathAndQuery(), net::HTTPMessage::HTTP_1_1);
        request.setContentType("application/json");
        request.setContentLength(static_cast<std::streamsize>(json.size()));
        std::ostream& body = session->sendRequest(request);
        if (!(body << json).flush()) {
            if (const auto* error = session->networkException()) error->rethrow();
            throw net::ConnectionResetException();
        }
        complete = true;
        net::HTTPResponse response;
        std::istream& stream = session->receiveResponse(response);
        const int status = response.getStatus();
        if (status != net::HTTPResponse::HTTP_OK)
            return {status == 429 || status >= 500 ? Outcome::later : Outcome::never, status,
                    one_line(response.getReason(), secrets)};
        const auto answer = read_answer(stream, std::chrono::seconds(timeout_seconds));
        return answer ? judge(*answer, secrets) : Receipt{Outcome::unsure, 0, sentence("net.no_robot")};
    } catch (const Poco::SyntaxException&) {
        return {Outcome::later, 0, sentence("net.bad_robot")};
    } catch (const Poco::Exception& error) {
        return {complete ? Outcome::unsure : Outcome::later, 0, words_of(error, secrets)};
    }
}

}  // namespace siyu
