// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "core/base/error.hpp"
#include "core/network/network.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// A visitor who says exactly what is asked of them.
class Visitor {
  public:
    explicit Visitor(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~Visitor() { ::close(socket_); }
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;

    bool connected() const { return connected_; }
    bool say(const std::string& text) {
        for (std::size_t at = 0; at < text.size();) {
            const auto sent = ::send(socket_, text.data() + at, text.size() - at, MSG_NOSIGNAL);
            if (sent <= 0) return false;
            at += static_cast<std::size_t>(sent);
        }
        return true;
    }
    void say_no_more() { ::shutdown(socket_, SHUT_WR); }
    // All that comes until the server closes, or until that was heard.
    std::string hear(const std::string& end = {}) {
        std::string text;
        char bytes[4096];
        for (ssize_t count; (end.empty() || text.find(end) == std::string::npos) &&
                            (count = ::recv(socket_, bytes, sizeof bytes, 0)) > 0;)
            text.append(bytes, static_cast<std::size_t>(count));
        return text;
    }

  private:
    int socket_;
    bool connected_ = false;
};

class Web : public testing::Test {
  protected:
    void SetUp() override {
        server_ = network().serve("127.0.0.1:0", [this](const WebRequest& request) {
            const std::lock_guard lock(mutex_);
            seen_.push_back(request);
            if (request.path == "/throws") throw Error(Error::refused, "secret.detail");
            if (request.path == "/throws/other") throw 7;
            WebAnswer answer;
            answer.body = "<p>" + request.method + " " + request.path + "</p>";
            if (request.path == "/missing") answer.status = 404;
            return answer;
        });
    }
    std::string ask(const std::string& request) {
        Visitor visitor(server_->port());
        EXPECT_TRUE(visitor.say(request));
        visitor.say_no_more();
        return visitor.hear();
    }
    std::string post(const std::string& type, const std::string& body, const std::string& path = "/f") {
        return ask("POST " + path + " HTTP/1.1\r\nHost: h\r\n" +
                   (type.empty() ? "" : "Content-Type: " + type + "\r\n") +
                   "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }

    std::mutex mutex_;
    std::vector<WebRequest> seen_;
    std::unique_ptr<WebServer> server_;
};

constexpr const char* form = "application/x-www-form-urlencoded";

TEST_F(Web, a_page_comes_with_what_keeps_it_private) {
    const std::string answer = ask("GET /r/1?t=a%2Bb+c&empty=&t=second HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, testing::EndsWith("\r\n\r\n<p>GET /r/1</p>"));
    for (const char* line : {"Cache-Control: no-store", "Referrer-Policy: no-referrer", "X-Robots-Tag: noindex",
                             "X-Content-Type-Options: nosniff", "Content-Type: text/html; charset=utf-8",
                             "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                             "form-action 'self'; frame-ancestors 'none'",
                             "Connection: Close"})
        EXPECT_THAT(answer, HasSubstr("\r\n" + std::string(line) + "\r\n"));
    ASSERT_EQ(seen_.size(), 1U);
    EXPECT_EQ(seen_[0].method, "GET");
    EXPECT_EQ(seen_[0].path, "/r/1");
    EXPECT_EQ(seen_[0].query, (std::map<std::string, std::string>{{"t", "a+b c\nsecond"}, {"empty", ""}}));
    EXPECT_TRUE(seen_[0].form.empty());
    EXPECT_THAT(ask("GET /missing HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 404 Not Found\r\n"));
}

TEST_F(Web, head_is_a_page_without_its_body) {
    const std::string answer = ask("HEAD /r HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 13\r\n"));
    EXPECT_THAT(answer, testing::EndsWith("\r\n\r\n"));
    EXPECT_EQ(seen_[0].method, "GET");
}

TEST_F(Web, a_form_is_decoded) {
    EXPECT_THAT(post(form, "a=1&%E5%A5%BD=x%26y%3Dz", "/f?q=1"), StartsWith("HTTP/1.1 200"));
    EXPECT_EQ(seen_[0].method, "POST");
    EXPECT_EQ(seen_[0].query, (std::map<std::string, std::string>{{"q", "1"}}));
    EXPECT_EQ(seen_[0].form, (std::map<std::string, std::string>{{"a", "1"}, {"好", "x&y=z"}}));
    // One click to unsubscribe (RFC 8058) comes as either.
    EXPECT_THAT(post(std::string(form) + "; charset=utf-8", "List-Unsubscribe=One-Click"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(post("multipart/form-data; boundary=x",
                     "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"),
                StartsWith("HTTP/1.1 200"));
    ASSERT_EQ(seen_.size(), 3U);
    EXPECT_EQ(seen_[1].form, (std::map<std::string, std::string>{{"List-Unsubscribe", "One-Click"}}));
    EXPECT_EQ(seen_[2].form, seen_[1].form);
    EXPECT_THAT(post("", ""), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(ask("POST /f HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(ask("POST /f HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Type: " + std::string(form) +
                    "\r\n\r\n3\r\na=2\r\n0\r\n\r\n"),
                StartsWith("HTTP/1.1 200"));
    EXPECT_EQ(seen_.back().form, (std::map<std::string, std::string>{{"a", "2"}}));
}

TEST_F(Web, what_is_no_request_for_a_page_reaches_no_page) {
    for (const char* method : {"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"}) {
        const std::string answer = ask(std::string(method) + " /r HTTP/1.1\r\nHost: h\r\n\r\n");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 ")) << method;
        EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD, POST\r\n"));
        EXPECT_THAT(answer, HasSubstr("Cache-Control: no-store\r\n"));
    }
    EXPECT_THAT(post("application/json", "{}"), StartsWith("HTTP/1.1 415 "));
    EXPECT_THAT(post("", "a=1"), StartsWith("HTTP/1.1 415 "));
    EXPECT_THAT(ask("GET /r?a=%zz HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(post(form, "a=%"), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(ask("POST /f HTTP/1.1\r\nHost: h\r\nContent-Length: many\r\n\r\n"), Not(HasSubstr(" 200 ")));
    EXPECT_THAT(ask("nonsense\r\n\r\n"), Not(HasSubstr(" 200 ")));
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "a" + std::to_string(i) + "=1&";
    EXPECT_THAT(post(form, many), StartsWith("HTTP/1.1 400 "));
    // Cut anywhere, or without its boundary.
    const std::string parts =
        "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    for (std::size_t length = 1; length < parts.size() - 4; ++length)
        EXPECT_THAT(post("multipart/form-data; boundary=x", parts.substr(0, length)), StartsWith("HTTP/1.1 400 "))
            << parts.substr(0, length);
    EXPECT_THAT(post("multipart/form-data", parts), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(post("multipart/form-data; boundary=x", "no part --x--"), StartsWith("HTTP/1.1 400 "));
    EXPECT_TRUE(seen_.empty());
}

TEST_F(Web, a_body_has_an_end) {
    const std::string fits = "a=" + std::string((64 << 10) - 2, 'x'), beyond = fits + "x";
    EXPECT_THAT(post(form, fits), StartsWith("HTTP/1.1 200 "));
    EXPECT_EQ(seen_.size(), 1U);
    EXPECT_EQ(seen_[0].form.at("a").size(), fits.size() - 2);
    EXPECT_THAT(post(form, beyond), StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(post(form, std::string(900 << 10, 'x')), StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(ask("POST /f HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999\r\n\r\n"
                    "a=1"),
                StartsWith("HTTP/1.1 413 "));
    std::string chunks = "POST /f HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i) chunks += "1000\r\n" + std::string(4096, 'x') + "\r\n";
    EXPECT_THAT(ask(chunks + "0\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
    EXPECT_EQ(seen_.size(), 1U);
    // Who has heard the answer may finish speaking: nobody hangs up on them.
    Visitor visitor(server_->port());
    visitor.say("POST /f HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\na=1");
    EXPECT_THAT(visitor.hear("\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(visitor.say(std::string(1000, 'x')));
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

TEST_F(Web, what_a_page_throws_stays_here) {
    for (const char* path : {"/throws", "/throws/other"}) {
        const std::string answer = ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
        EXPECT_THAT(answer, Not(HasSubstr("secret")));
    }
    EXPECT_THAT(ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
}

// With some 40 of them, a server with few threads would let others wait until their time is over.
TEST_F(Web, visitors_who_say_nothing_block_nobody) {
    std::vector<std::unique_ptr<Visitor>> idle;
    for (int i = 0; i < 100; ++i) {
        idle.push_back(std::make_unique<Visitor>(server_->port()));
        ASSERT_TRUE(idle.back()->connected());
        if (i % 2) idle.back()->say("POST /f HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\na");
    }
    EXPECT_THAT(ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
    // They were there all the time: the last one still gets its answer.
    EXPECT_TRUE(idle.back()->say("=34567890"));
    EXPECT_THAT(idle.back()->hear(), StartsWith("HTTP/1.1 415 "));
    server_.reset();  // and an end does not wait for them
}

TEST_F(Web, a_slow_speaker_is_cut_off) {
    Visitor slow(server_->port());
    slow.say("POST /f HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
    std::atomic<bool> over = false;
    std::thread dripping([&] {
        while (!over && slow.say("x")) std::this_thread::sleep_for(std::chrono::milliseconds(300));
    });
    EXPECT_THAT(slow.hear(), StartsWith("HTTP/1.1 408 "));
    over = true;
    dripping.join();
    EXPECT_TRUE(seen_.empty());
}

TEST_F(Web, pages_are_made_side_by_side) {
    std::mutex mutex;
    std::condition_variable changed;
    int inside = 0;
    const auto server = network().serve("127.0.0.1:0", [&](const WebRequest&) {
        std::unique_lock lock(mutex);
        ++inside;
        changed.notify_all();
        changed.wait(lock, [&] { return inside == 3; });  // nobody leaves before all are here
        return WebAnswer{};
    });
    std::vector<std::thread> visitors;
    for (int i = 0; i < 3; ++i)
        visitors.emplace_back([&] {
            Visitor visitor(server->port());
            visitor.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            EXPECT_THAT(visitor.hear(), StartsWith("HTTP/1.1 200 "));
        });
    for (std::thread& visitor : visitors) visitor.join();
}

TEST_F(Web, an_address_that_is_taken_or_none_is_an_error) {
    for (const std::string& address :
         {"127.0.0.1:" + std::to_string(server_->port()), std::string("nowhere"), std::string("192.0.2.1:8080")}) {
        try {
            network().serve(address, [](const WebRequest&) { return WebAnswer{}; });
            ADD_FAILURE() << address;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), Error::unreachable);
            EXPECT_EQ(error.note().id, "net.no_listen");
        }
    }
}

}  // namespace
}  // namespace siyu
