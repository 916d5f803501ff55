// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "core/base/error.hpp"
#include "core/network/network.hpp"
#include "tests/net/stand_in.hpp"

namespace siyu {
namespace {

using Outcome = Receipt::Outcome;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> doing(const std::vector<std::string>& actions) {
    std::vector<std::string> words;
    for (const std::string& action : actions) words.insert(words.end(), {"--do", action});
    return words;
}

std::vector<std::string> certified(const std::string& certificate) {
    return {"--certificate", certificate, "--key", Certificates::get().key()};
}

// A group whose robot we post to.
class Group {
  public:
    explicit Group(std::vector<std::string> words = {}, const std::string& scheme = "http")
        : server_("robot_server.py", std::move(words)),
          base_(scheme + "://127.0.0.1:" + std::to_string(server_.port()) + "/cgi-bin/webhook/send?key=") {}

    Receipt post(const std::string& content = "**好**", const std::string& key = "the-key",
                 const std::string& authority = "") const {
        return network().robot(base_ + key, R"({"msgtype":"markdown","markdown":{"content":")" + content + "\"}}",
                               authority, 1);
    }
    int shown() const {
        int count = 0;
        while (std::filesystem::exists(server_.file(std::to_string(count + 1) + ".json"))) ++count;
        return count;
    }
    std::string message(int number) const { return slurp(server_.file(std::to_string(number) + ".json")); }

  private:
    StandIn server_;
    std::string base_;
};

void expect(const Receipt& receipt, Outcome outcome, int code) {
    EXPECT_EQ(static_cast<int>(receipt.outcome), static_cast<int>(outcome)) << receipt.words;
    EXPECT_EQ(receipt.code, code);
    EXPECT_THAT(receipt.words, Not(HasSubstr("the-key")));
    EXPECT_EQ(receipt.words.find_first_of("\r\n"), std::string::npos);
}

TEST(Robot, a_message_is_shown_in_the_group) {
    const Certificates& certificates = Certificates::get();
    const Group plain;
    expect(plain.post(), Outcome::accepted, 0);
    EXPECT_EQ(plain.message(1), R"({"msgtype": "markdown", "markdown": {"content": "**好**"}})");
    const Group encrypted(certified(certificates.good()), "https");
    expect(encrypted.post("a", "the-key", certificates.authority()), Outcome::accepted, 0);
    EXPECT_EQ(encrypted.shown(), 1);
}

TEST(Robot, its_limits_are_kept_apart_from_failures) {
    const Group group;
    expect(group.post(std::string(4097, 'x')), Outcome::never, 40058);
    expect(group.post(std::string(4096, 'x')), Outcome::accepted, 0);
    for (int i = 0; i < 19; ++i) expect(group.post(), Outcome::accepted, 0);
    expect(group.post(), Outcome::later, 45009);
    EXPECT_EQ(group.shown(), 20);
}

TEST(Robot, an_errcode_says_whether_to_try_again) {
    const Group group(doing({"errcode=-1", "errcode=45009", "errcode=93000", "errcode=40001"}));
    expect(group.post(), Outcome::later, -1);
    expect(group.post(), Outcome::later, 45009);
    expect(group.post(), Outcome::never, 93000);
    expect(group.post(), Outcome::never, 40001);
    EXPECT_EQ(group.shown(), 0);
}

TEST(Robot, a_status_says_it_where_there_is_no_errcode) {
    const Group group(doing({"http=500", "http=503", "http=429", "http=404", "http=302"}));
    expect(group.post(), Outcome::later, 500);
    expect(group.post(), Outcome::later, 503);
    expect(group.post(), Outcome::later, 429);
    expect(group.post(), Outcome::never, 404);
    expect(group.post(), Outcome::never, 302);
}

TEST(Robot, no_answer_leaves_it_open) {
    const Group group(doing({"silent", "close", "text", "endless"}));
    const Receipt silent = group.post();
    expect(silent, Outcome::unsure, 0);
    EXPECT_EQ(silent.words, sentence("net.silent"));
    expect(group.post(), Outcome::unsure, 0);
    EXPECT_EQ(group.post().words, sentence("net.no_robot"));
    const Receipt endless = group.post();
    expect(endless, Outcome::unsure, 0);
    EXPECT_EQ(endless.words, sentence("net.no_robot"));
}

TEST(Robot, no_connection_is_tried_again) {
    expect(network().robot("http://127.0.0.1:1/send?key=the-key", "{}", "", 1), Outcome::later, 0);
    expect(network().robot("https://no-such-host.invalid/send?key=the-key", "{}", "", 1), Outcome::later, 0);
}

TEST(Robot, its_key_stands_in_no_words) {
    const Group group(doing({"echo", "http=404"}));
    const Receipt receipt = group.post();
    expect(receipt, Outcome::never, 93000);
    EXPECT_EQ(receipt.words, "bad key *** in ?***");
    expect(group.post(), Outcome::never, 404);
    const Receipt wrong = group.post("a", "another%2Dkey");
    EXPECT_EQ(wrong.words, "invalid webhook url, key ***");
}

TEST(Robot, a_certificate_has_to_be_right) {
    const Certificates& certificates = Certificates::get();
    const auto refused = [](const std::string& certificate, const std::string& authority) {
        const Group group(certified(certificate), "https");
        const Receipt receipt = group.post("a", "the-key", authority);
        expect(receipt, Outcome::later, 0);
        EXPECT_EQ(group.shown(), 0);
        return receipt.words;
    };
    EXPECT_THAT(refused(certificates.other_host(), certificates.authority()), HasSubstr("certificate"));
    EXPECT_THAT(refused(certificates.expired(), certificates.authority()), HasSubstr("expired"));
    EXPECT_THAT(refused(certificates.good(), ""), HasSubstr("issuer"));
}

TEST(Robot, an_address_that_is_none_is_said_so) {
    for (const char* url : {"http://192.0.2.1/send?key=the-key", "http://127.0.0.1.example/send?key=the-key", "the-key",
                            "ftp://127.0.0.1/send?key=the-key", "https://", "", "https://host:port/send?key=%zz"}) {
        const Receipt receipt = network().robot(url, "{}", "", 1);
        expect(receipt, Outcome::later, 0);
        EXPECT_EQ(receipt.words, sentence("net.bad_robot")) << url;
    }
}

}  // namespace
}  // namespace siyu
