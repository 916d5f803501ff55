// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What siyu says to other machines and hears from them: mail by SMTP, messages to WeCom groups, and pages for those who
// follow a link. All of it stands behind the module lib/siyu/net.so (core/net).
namespace siyu {

enum class Security { plain, starttls, tls };

// The account that mails are sent with.
struct MailAccount {
    std::string host;
    int port = 465;
    Security security = Security::tls;
    std::string user, password;  // no user: no login
    std::string authority;       // a file of certificates to trust besides the system's; empty: none
    std::string hello;           // the name that we say; empty: this machine's
    int timeout_seconds = 30;    // of each step
    int per_connection = 20;     // mails, then a new connection
};

// What came of handing something over.
struct Receipt {
    enum class Outcome {
        accepted,  // it is theirs now
        later,     // not taken, and may be tried again: 4xx, no connection, a broken one before the end of the message
        never,     // refused for good: 5xx
        unsure,    // the whole message went out and no answer came back
    };
    Outcome outcome = Outcome::later;
    int code = 0;       // of the answer; 0 where there was none
    std::string words;  // the other side's own, one line, without secrets
};

// A connection to a mail server, opened at the first mail, used for the next ones, and opened again when it broke. For
// one thread.
class MailSession {
  public:
    virtual ~MailSession() = default;
    // One message to one recipient; `message` is the bytes between DATA and the final dot, CRLF line ends. Throws
    // nothing but what `about_to_send` throws: it is called once the server has accepted sender and recipient and asked
    // for the data, right before the first byte of the message goes out; where it throws, nothing was handed over.
    virtual Receipt send(const std::string& from, const std::string& to, std::string_view message,
                         const std::function<void()>& about_to_send) = 0;
};

// Queries and forms are decoded; a name that is given several times has its values on lines of their own.
struct WebRequest {
    std::string method, path;  // the path as it was sent, without the query
    std::map<std::string, std::string> query, form;
};

struct WebAnswer {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::string body;
};

// A server that goes on until it is destroyed.
class WebServer {
  public:
    virtual ~WebServer() = default;
    virtual int port() const = 0;
};

// A question to a web service: what is asked of an address, by GET, or by POST where there is a body.
struct WebQuery {
    std::string url;                            // https://…; plain http for 127.0.0.1 alone
    std::map<std::string, std::string> values;  // of its query, as they are; they stand in no words
    std::optional<std::string> json;            // the body
    std::string authority;                      // a file of certificates to trust besides the system's; empty: none
    int timeout_seconds = 30;                   // of each step
    std::size_t most_bytes = std::size_t{64} << 20;  // of the answer's body
};

// What came of it. A redirection is an answer like others, and not followed.
struct WebReply {
    enum class End {
        answered,    // with any status
        bad_url,     // nothing was asked
        unsent,      // no connection, or it broke before the whole question was out
        unanswered,  // it was out, and no whole answer came back
    };
    End end = End::unsent;
    int status = 0;         // 0 where none came
    std::string body;       // of an answer with status 200
    std::string words;      // why there is none, or what the status is called; one line, without secrets
    std::int64_t date = 0;  // when it was answered by the other side's clock, seconds since 1970 UTC; 0: it did not say
};

class Network {
  public:
    virtual ~Network() = default;
    virtual std::unique_ptr<MailSession> mail(const MailAccount& account) const = 0;
    // Posts JSON to a WeCom group robot (`https://…/webhook/send?key=…`) and judges its errcode: 45009 and -1 are
    // later, other errors never. The key stands in no words. Plain http is taken for 127.0.0.1 alone.
    virtual Receipt robot(const std::string& url, const std::string& json, const std::string& authority,
                          int timeout_seconds) const = 0;
    // Throws nothing.
    virtual WebReply ask(const WebQuery& query) const = 0;
    // Another machine's words as one line of UTF-8 of at most 400 bytes, with asterisks for each of the secrets.
    virtual std::string one_line(std::string_view words, const std::vector<std::string>& secrets) const = 0;
    // Answers on `address` (`127.0.0.1:8080`; port 0: any that is free) by `answer`, called from several threads.
    // Bodies beyond 64 KiB, slow senders and what the handler throws are answered by the server. Throws Error
    // (unreachable) where it cannot listen.
    virtual std::unique_ptr<WebServer> serve(const std::string& address,
                                             std::function<WebAnswer(const WebRequest&)> answer) const = 0;
};

// Opens the module. Throws Error (unreachable) where siyu is installed without it.
const Network& network();

// What the module gives under the name siyu_network.
struct NetworkModule {
    const char* version;
    const Network& (*network)();
};

}  // namespace siyu
