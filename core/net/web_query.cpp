// SPDX-License-Identifier: Apache-2.0
#include "core/net/web_query.hpp"

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/URI.h>

#include <chrono>
#include <memory>
#include <utility>

#include "core/base/error.hpp"
#include "core/net/trust.hpp"
#include "core/net/words.hpp"

namespace siyu {

namespace net = Poco::Net;
using End = WebReply::End;

namespace {

std::unique_ptr<net::HTTPClientSession> session_for(const Poco::URI& uri, const std::string& authority) {
    const std::string& host = uri.getHost();
    if (uri.getScheme() == "https" && !host.empty())
        return std::make_unique<net::HTTPSClientSession>(host, uri.getPort(), trust(authority));
    if (uri.getScheme() == "http" && (host == "127.0.0.1" || host == "localhost"))
        return std::make_unique<net::HTTPClientSession>(host, uri.getPort());
    return nullptr;
}

// A server that trickles is given so many times the time of a step for all of its answer.
constexpr int steps_of_a_body = 4;

// The body of an answer; nothing where it is longer than we want to hear, does not end in time or breaks off.
std::optional<std::string> read_body(std::istream& stream, const net::HTTPResponse& response, const WebQuery& query) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(query.timeout_seconds) * steps_of_a_body;
    std::string text;
    char piece[16 << 10];
    while (stream.read(piece, sizeof piece).gcount() > 0) {
        text.append(piece, static_cast<std::size_t>(stream.gcount()));
        if (text.size() > query.most_bytes || std::chrono::steady_clock::now() > until) return std::nullopt;
    }
    const auto promised = response.getContentLength64();
    if (stream.bad() || (promised >= 0 && text.size() != static_cast<std::size_t>(promised))) return std::nullopt;
    return text;
}

std::int64_t date_of(const net::HTTPResponse& response) {
    int zone = 0;
    Poco::DateTime date;
    if (!response.has("Date") ||
        !Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, response.get("Date"), date, zone))
        return 0;
    return date.timestamp().epochTime();
}

Poco::URI address_of(const WebQuery& query) {
    Poco::URI uri(query.url);
    for (const auto& [name, value] : query.values) uri.addQueryParameter(name, value);
    return uri;
}

}  // namespace

std::vector<std::string> secrets_of(const WebQuery& query) try {
    const Poco::URI uri = address_of(query);
    std::vector<std::string> secrets{uri.getRawQuery()};
    for (const auto& [name, value] : uri.getQueryParameters()) secrets.push_back(value);
    return secrets;
} catch (const Poco::SyntaxException&) {
    return {};
}

WebReply ask_web(const WebQuery& query) {
    WebReply reply;
    const std::vector<std::string> secrets = secrets_of(query);
    const auto end = [&reply](End how, std::string words) {
        reply.end = how;
        reply.words = std::move(words);
        return reply;
    };
    try {
        const Poco::URI uri = address_of(query);
        const auto session = session_for(uri, query.authority);
        if (!session) return end(End::bad_url, sentence("net.bad_url"));
        session->setTimeout(Poco::Timespan(query.timeout_seconds, 0));

        net::HTTPRequest request(query.json ? net::HTTPRequest::HTTP_POST : net::HTTPRequest::HTTP_GET,
                                 uri.getPathAndQuery(), net::HTTPMessage::HTTP_1_1);
        if (query.json) {
            request.setContentType("application/json");
            request.setContentLength(static_cast<std::streamsize>(query.json->size()));
        }
        std::ostream& body = session->sendRequest(request);
        if (query.json) body << *query.json;
        if (!body.flush()) {
            if (const auto* error = session->networkException()) error->rethrow();
            throw net::ConnectionResetException();
        }
        reply.end = End::unanswered;
        net::HTTPResponse response;
        std::istream& stream = session->receiveResponse(response);
        reply.status = response.getStatus();
        reply.date = date_of(response);
        if (reply.status != net::HTTPResponse::HTTP_OK)
            return end(End::answered, one_line(response.getReason(), secrets));
        auto text = read_body(stream, response, query);
        if (!text) return end(End::unanswered, sentence("net.no_end"));
        reply.body = *std::move(text);
        reply.end = End::answered;
        return reply;
    } catch (const Poco::SyntaxException&) {
        return end(End::bad_url, sentence("net.bad_url"));
    } catch (const Poco::Exception& error) {
        return end(reply.end, words_of(error, secrets));
    }
}

}  // namespace siyu
