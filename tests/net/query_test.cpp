// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "core/base/error.hpp"
#include "core/network/network.hpp"
#include "tests/net/stand_in.hpp"

namespace siyu {
namespace {

using End = WebReply::End;
using testing::HasSubstr;
using testing::Not;

WebReply ask(const std::string& url, std::size_t most_bytes = 1 << 20) {
    WebQuery query;
    query.url = url;
    query.values = {{"key", "the key/1"}};
    query.json = R"({"msgtype":"markdown","markdown":{"content":"a"}})";
    query.timeout_seconds = 1;
    query.most_bytes = most_bytes;
    return network().ask(query);
}

// A server that does with one question after the other as told.
class Answering {
  public:
    explicit Answering(std::vector<std::string> words) : server_("robot_server.py", std::move(words)) {}
    WebReply ask(std::size_t most_bytes = 1 << 20) const {
        return siyu::ask("http://127.0.0.1:" + std::to_string(server_.port()) + "/cgi-bin", most_bytes);
    }

  private:
    StandIn server_;
};

void expect(const WebReply& reply, End end, int status) {
    EXPECT_EQ(static_cast<int>(reply.end), static_cast<int>(end)) << reply.words;
    EXPECT_EQ(reply.status, status);
    EXPECT_THAT(reply.words, Not(HasSubstr("the key")));
    EXPECT_THAT(reply.words, Not(HasSubstr("the%20key")));
}

TEST(WebQuery, a_body_comes_whole_or_not_at_all) {
    const Answering server({"--do", "text", "--do", "endless", "--do", "endless"});
    const WebReply text = server.ask();
    expect(text, End::answered, 200);
    EXPECT_EQ(text.body, "<html>log in to the network first</html>");
    EXPECT_GT(text.date, 1'700'000'000);
    const WebReply long_one = server.ask((1 << 20) + 100);
    expect(long_one, End::answered, 200);
    EXPECT_GT(long_one.body.size(), 1U << 20);
    const WebReply longer = server.ask(1 << 20);
    expect(longer, End::unanswered, 200);
    EXPECT_EQ(longer.words, sentence("net.no_end"));
    EXPECT_EQ(longer.body, "");
}

TEST(WebQuery, values_are_written_for_a_query) {
    const Answering server({});
    EXPECT_THAT(server.ask().body, HasSubstr("invalid webhook url, key the key/1"));
}

TEST(WebQuery, a_redirection_is_not_followed) {
    const Answering server({"--do", "http=302", "--do", "http=500"});
    expect(server.ask(), End::answered, 302);
    const WebReply failed = server.ask();
    expect(failed, End::answered, 500);
    EXPECT_EQ(failed.body, "");
}

TEST(WebQuery, silence_and_a_hang_up_leave_it_open) {
    const Answering server({"--do", "close", "--do", "silent"});
    const WebReply closed = server.ask();
    expect(closed, End::unanswered, 0);
    EXPECT_EQ(closed.words, sentence("net.closed"));
    const WebReply silent = server.ask();
    expect(silent, End::unanswered, 0);
    EXPECT_EQ(silent.words, sentence("net.silent"));
    expect(ask("http://127.0.0.1:1/"), End::unsent, 0);
}

TEST(WebQuery, only_what_is_encrypted_leaves_this_machine) {
    for (const char* url :
         {"http://192.0.2.1/", "http://127.0.0.1.example/", "ftp://127.0.0.1/", "https://", "", "x"}) {
        const WebReply reply = ask(url);
        expect(reply, End::bad_url, 0);
        EXPECT_EQ(reply.words, sentence("net.bad_url")) << url;
    }
}

TEST(WebQuery, words_of_others_are_one_line_without_secrets) {
    EXPECT_EQ(network().one_line("no\r\nkey a/b or a%2Fb \x1b[1m", {"a/b"}), "no key *** or *** [1m");
}

}  // namespace
}  // namespace siyu
