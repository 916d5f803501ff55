// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "core/base/error.hpp"
#include "core/network/network.hpp"
#include "tests/net/stand_in.hpp"

namespace siyu {
namespace {

using Outcome = Receipt::Outcome;
using testing::HasSubstr;
using testing::Not;

constexpr const char* password = "p4ss wörd";

std::string name_of(Outcome outcome) {
    constexpr const char* names[] = {"accepted", "later", "never", "unsure"};
    return names[static_cast<int>(outcome)];
}

// A mail server, an account on it, and one mail after the other by one session.
class Post {
  public:
    explicit Post(std::vector<std::string> words = {}, Security security = Security::plain)
        : server_("mail_server.py", with(std::move(words), security)) {
        account_.host = "127.0.0.1";
        account_.port = server_.port();
        account_.security = security;
        account_.hello = "siyu.test";
        account_.timeout_seconds = 1;
        if (security != Security::plain) account_.authority = Certificates::get().authority();
    }
    MailAccount& account() { return account_; }
    const MailAccount& account() const { return account_; }
    const StandIn& server() const { return server_; }

    Receipt send(const std::string& message = "Subject: a\r\n\r\nb\r\n", const std::string& to = "to@brand.test") {
        if (!session_) session_ = network().mail(account_);
        return session_->send("from@agency.test", to, message, [this] { ++asked_; });
    }
    void end() { session_.reset(); }
    int asked() const { return asked_; }
    int arrived() const {
        int count = 0;
        while (std::filesystem::exists(server_.file(std::to_string(count + 1) + ".eml"))) ++count;
        return count;
    }
    std::string message(int number) const { return slurp(server_.file(std::to_string(number) + ".eml")); }
    std::string envelope(int number) const { return slurp(server_.file(std::to_string(number) + ".envelope")); }

  private:
    static std::vector<std::string> with(std::vector<std::string> words, Security security) {
        const bool own = std::find(words.begin(), words.end(), "--certificate") != words.end();
        if (security == Security::plain) return words;
        words.insert(words.end(), {"--security", security == Security::tls ? "tls" : "starttls"});
        words.insert(words.end(), {"--key", Certificates::get().key()});
        if (!own) words.insert(words.end(), {"--certificate", Certificates::get().good()});
        return words;
    }

    StandIn server_;
    MailAccount account_;
    std::unique_ptr<MailSession> session_;
    int asked_ = 0;
};

TEST(Mail, a_mail_arrives_with_its_envelope) {
    for (const Security security : {Security::plain, Security::starttls, Security::tls}) {
        Post post({"--login", std::string("siyu:") + password}, security);
        post.account().user = "siyu";
        post.account().password = password;
        const Receipt receipt = post.send();
        EXPECT_EQ(name_of(receipt.outcome), "accepted") << receipt.words;
        EXPECT_EQ(receipt.code, 250);
        EXPECT_EQ(receipt.words, "250 2.0.0 taken");
        EXPECT_EQ(post.asked(), 1);
        EXPECT_EQ(post.arrived(), 1);
        EXPECT_EQ(post.message(1), "Subject: a\r\n\r\nb\r\n");
        EXPECT_EQ(post.envelope(1), "from@agency.test\nto@brand.test\n");
        EXPECT_EQ(post.server().passed("name siyu.test"), security == Security::starttls ? 2 : 1);
        post.end();
        EXPECT_EQ(post.server().passed("quit"), 1);
    }
}

TEST(Mail, the_bytes_are_the_same_at_the_other_end) {
    Post post;
    std::string large = "Subject: a\r\n\r\n";
    for (int i = 0; large.size() < 3 << 20; ++i) large += std::string(static_cast<std::size_t>(i % 70), '.') + "\r\n";
    const std::vector<std::string> messages{".\r\n",         "..\r\n.\r\n...\r\n", "a\r\n.\r\nb\r\n.c\r\n",
                                            "\r\n\r\n.\r\n", "no.dot .\r\n",       large};
    for (std::size_t i = 0; i < messages.size(); ++i) {
        EXPECT_EQ(name_of(post.send(messages[i]).outcome), "accepted");
        EXPECT_TRUE(post.message(static_cast<int>(i) + 1) == messages[i]) << messages[i].substr(0, 30);
    }
    EXPECT_EQ(name_of(post.send("no end").outcome), "accepted");
    EXPECT_EQ(post.message(7), "no end\r\n");
}

// What a server that fails at each step does to a mail. `asked`: whether about_to_send was called; `arrived`: whether
// the server has it.
struct Case {
    const char* fault;
    Outcome outcome;
    int code, asked, arrived;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.fault; }

class Fault : public testing::TestWithParam<Case> {};

TEST_P(Fault, means_to_a_mail_what_the_step_says) {
    const Case& expected = GetParam();
    const bool in_the_middle = std::string(expected.fault).starts_with("body=");
    Post post({"--fault", expected.fault, "--login", std::string("siyu:") + password},
              in_the_middle ? Security::plain : Security::starttls);
    post.account().user = "siyu";
    post.account().password = password;
    const std::string large(16 << 20, 'x');  // more than the connection holds while nobody reads
    const Receipt receipt = in_the_middle ? post.send(large) : post.send();
    EXPECT_EQ(name_of(receipt.outcome), name_of(expected.outcome)) << receipt.words;
    EXPECT_EQ(receipt.code, expected.code);
    EXPECT_EQ(post.asked(), expected.asked);
    EXPECT_EQ(post.arrived(), expected.arrived);
    EXPECT_NE(receipt.words, "");
    EXPECT_EQ(receipt.words.find_first_of("\r\n"), std::string::npos);
    if (receipt.code == 0 && std::string(expected.fault) != "starttls=none") {
        const bool silent = std::string(expected.fault).ends_with("silent");
        EXPECT_EQ(receipt.words, sentence(silent ? "net.silent" : "net.closed"));
    }
}

constexpr auto accepted = Outcome::accepted, later = Outcome::later, never = Outcome::never, unsure = Outcome::unsure;

INSTANTIATE_TEST_SUITE_P(
    Mail, Fault,
    testing::Values(
        // Before a mail was spoken of, it can be tried again whatever the server says.
        Case{"connect=421", later, 421, 0, 0}, Case{"connect=554", later, 554, 0, 0},
        Case{"connect=close", later, 0, 0, 0}, Case{"connect=reset", later, 0, 0, 0},
        Case{"connect=half", later, 0, 0, 0}, Case{"connect=silent", later, 0, 0, 0},
        Case{"ehlo=421", later, 421, 0, 0}, Case{"ehlo=550", later, 550, 0, 0}, Case{"ehlo=close", later, 0, 0, 0},
        Case{"ehlo=half", later, 0, 0, 0}, Case{"ehlo=silent", later, 0, 0, 0}, Case{"ehlo@2=451", later, 451, 0, 0},
        Case{"starttls=none", later, 0, 0, 0}, Case{"starttls=454", later, 454, 0, 0},
        Case{"starttls=550", later, 550, 0, 0}, Case{"starttls=close", later, 0, 0, 0},
        Case{"starttls=silent", later, 0, 0, 0}, Case{"tls=close", later, 0, 0, 0}, Case{"tls=reset", later, 0, 0, 0},
        Case{"tls=silent", later, 0, 0, 0}, Case{"auth=454", later, 454, 0, 0}, Case{"auth=535", later, 535, 0, 0},
        Case{"auth=504", later, 504, 0, 0}, Case{"auth=close", later, 0, 0, 0}, Case{"auth=silent", later, 0, 0, 0},
        // Sender, recipient, DATA: the server's word counts.
        Case{"mail=421", later, 421, 0, 0}, Case{"mail=451", later, 451, 0, 0}, Case{"mail=530", later, 530, 0, 0},
        Case{"mail=550", never, 550, 0, 0}, Case{"mail=close", later, 0, 0, 0}, Case{"mail=silent", later, 0, 0, 0},
        Case{"rcpt=450", later, 450, 0, 0}, Case{"rcpt=550", never, 550, 0, 0}, Case{"rcpt=close", later, 0, 0, 0},
        Case{"rcpt=half", later, 0, 0, 0}, Case{"rcpt=silent", later, 0, 0, 0}, Case{"data=451", later, 451, 0, 0},
        Case{"data=554", never, 554, 0, 0}, Case{"data=250", later, 250, 0, 0}, Case{"data=close", later, 0, 0, 0},
        Case{"data=silent", later, 0, 0, 0},
        // In the middle of the message.
        Case{"body=reset", later, 0, 1, 0}, Case{"body=silent", later, 0, 1, 0},
        // After its end: an answer settles it, without one nobody can know.
        Case{"dot=451", later, 451, 1, 0}, Case{"dot=421", later, 421, 1, 0}, Case{"dot=554", never, 554, 1, 0},
        Case{"dot=354", unsure, 354, 1, 0}, Case{"dot=close", unsure, 0, 1, 0}, Case{"dot=half", unsure, 0, 1, 0},
        Case{"dot=silent", unsure, 0, 1, 0}, Case{"kept=close", unsure, 0, 1, 1}, Case{"kept=reset", unsure, 0, 1, 1},
        Case{"kept=silent", unsure, 0, 1, 1},
        // Once it is theirs, it is.
        Case{"quit=silent", accepted, 250, 1, 1}, Case{"quit=close", accepted, 250, 1, 1}),
    [](const auto& one) {
        std::string name = one.param.fault;
        for (char& c : name)
            if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
        return name;
    });

TEST(Mail, a_silent_goodbye_holds_nobody) {
    Post post({"--fault", "quit=silent"});
    post.account().timeout_seconds = 600;
    EXPECT_EQ(name_of(post.send().outcome), "accepted");
    const auto start = std::chrono::steady_clock::now();
    post.end();
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST(Mail, nobody_listens) {
    Post post;
    post.account().port = 1;
    const Receipt receipt = post.send();
    EXPECT_EQ(name_of(receipt.outcome), "later");
    EXPECT_EQ(receipt.words, sentence("net.no_answer"));
    Post unknown;
    unknown.account().host = "no-such-host.invalid";
    const Receipt nowhere = unknown.send();
    EXPECT_EQ(name_of(nowhere.outcome), "later");
    EXPECT_EQ(nowhere.words, sentence("net.no_host"));
    Post open;
    open.account().security = Security::tls;
    EXPECT_EQ(open.send().words, sentence("net.not_tls"));
}

TEST(Mail, what_throws_before_the_message_leaves_nothing_behind) {
    Post post;
    const auto session = network().mail(post.account());
    const auto give_up = [] { throw std::runtime_error("the store is gone"); };
    EXPECT_THROW(session->send("a@agency.test", "b@brand.test", "text\r\n", give_up), std::runtime_error);
    EXPECT_EQ(post.arrived(), 0);
    EXPECT_EQ(post.server().passed("dot"), 0);
    // And the session goes on, on another connection.
    EXPECT_EQ(name_of(session->send("a@agency.test", "b@brand.test", "text\r\n", [] {}).outcome), "accepted");
    EXPECT_EQ(post.message(1), "text\r\n");
    EXPECT_EQ(post.server().passed("connect"), 2);
}

TEST(Mail, a_connection_serves_for_so_many_mails) {
    Post post({}, Security::tls);
    post.account().per_connection = 3;
    for (int i = 0; i < 7; ++i) EXPECT_EQ(name_of(post.send().outcome), "accepted");
    EXPECT_EQ(post.arrived(), 7);
    EXPECT_EQ(post.server().passed("connect"), 3);
    EXPECT_EQ(post.server().passed("quit"), 2);
}

TEST(Mail, sessions_work_side_by_side) {
    const Post post({}, Security::tls);
    const Post untrusted({"--certificate", Certificates::get().expired()}, Security::tls);
    std::vector<std::thread> senders;
    for (int i = 0; i < 4; ++i)
        senders.emplace_back([&post, &untrusted] {
            const auto session = network().mail(post.account());
            const auto refused = network().mail(untrusted.account());
            for (int mail = 0; mail < 5; ++mail) {
                const auto send = [](MailSession& by) {
                    return by.send("from@agency.test", "to@brand.test", "text\r\n", [] {});
                };
                EXPECT_EQ(name_of(send(*session).outcome), "accepted");
                EXPECT_THAT(send(*refused).words, HasSubstr("expired"));
            }
        });
    for (std::thread& sender : senders) sender.join();
    EXPECT_EQ(post.arrived(), 20);
    EXPECT_EQ(post.server().passed("connect"), 4);
    EXPECT_EQ(untrusted.arrived(), 0);
}

TEST(Mail, a_refused_recipient_leaves_the_connection_to_the_next) {
    Post post({"--fault", "rcpt@2=550"});
    EXPECT_EQ(name_of(post.send().outcome), "accepted");
    EXPECT_EQ(name_of(post.send().outcome), "never");
    EXPECT_EQ(name_of(post.send().outcome), "accepted");
    EXPECT_EQ(post.server().passed("connect"), 1);
    EXPECT_EQ(post.arrived(), 2);
}

TEST(Mail, a_throttled_connection_is_left) {
    Post post({"--fault", "rcpt@2=450"});
    EXPECT_EQ(name_of(post.send().outcome), "accepted");
    EXPECT_EQ(name_of(post.send().outcome), "later");
    EXPECT_EQ(name_of(post.send().outcome), "accepted");
    EXPECT_EQ(post.server().passed("connect"), 2);
    EXPECT_EQ(post.server().passed("rcpt"), 3) << "a mail was tried again at once";
}

// A server may close a connection between two mails: that is no failure of the second.
TEST(Mail, an_old_connection_that_ended_is_replaced_without_a_word) {
    for (const char* fault :
         {"rset@1=421", "rset@1=close", "rset@1=reset", "rset@1=half", "rset@1=silent", "rset@1=502", "mail@2=421",
          "mail@2=close", "rcpt@2=421", "rcpt@2=close", "data@2=close"}) {
        Post post({"--fault", fault});
        EXPECT_EQ(name_of(post.send().outcome), "accepted");
        const Receipt second = post.send("Subject: second\r\n\r\nb\r\n");
        EXPECT_EQ(name_of(second.outcome), "accepted") << fault << ": " << second.words;
        EXPECT_EQ(post.arrived(), 2) << fault;
        EXPECT_EQ(post.server().passed("connect"), 2) << fault;
        EXPECT_EQ(post.asked(), 2) << fault;
    }
}

TEST(Mail, a_new_connection_that_ends_is_not_tried_again_at_once) {
    Post post({"--fault", "mail=421"});
    EXPECT_EQ(name_of(post.send().outcome), "later");
    EXPECT_EQ(post.server().passed("connect"), 1);
}

TEST(Mail, a_certificate_has_to_be_right) {
    const Certificates& certificates = Certificates::get();
    for (const Security security : {Security::tls, Security::starttls}) {
        const auto refused = [security](const std::string& certificate, const std::string& authority) {
            Post post({"--certificate", certificate, "--login", "siyu:secret"}, security);
            post.account().user = "siyu";
            post.account().password = "secret";
            post.account().authority = authority;
            const Receipt receipt = post.send();
            EXPECT_EQ(name_of(receipt.outcome), "later");
            EXPECT_EQ(post.server().passed("auth") + post.server().passed("mail"), 0) << "something was said";
            EXPECT_EQ(post.arrived(), 0);
            return receipt.words;
        };
        EXPECT_THAT(refused(certificates.other_host(), certificates.authority()), HasSubstr("certificate"));
        EXPECT_THAT(refused(certificates.expired(), certificates.authority()), HasSubstr("expired"));
        EXPECT_THAT(refused(certificates.good(), ""), HasSubstr("issuer"));
        EXPECT_THAT(refused(certificates.good(), "/no/such/file"), HasSubstr("/no/such/file"));
    }
    // What the system trusts, we trust.
    setenv("SSL_CERT_FILE", certificates.authority().c_str(), 1);
    Post by_system({}, Security::tls);
    by_system.account().authority.clear();
    EXPECT_EQ(name_of(by_system.send().outcome), "accepted");
    unsetenv("SSL_CERT_FILE");
    Post by_name({}, Security::tls);
    by_name.account().host = "localhost";
    EXPECT_EQ(name_of(by_name.send().outcome), "accepted");
}

TEST(Mail, without_starttls_nothing_is_said_in_clear) {
    Post post({"--fault", "starttls=none", "--login", "siyu:secret"}, Security::starttls);
    post.account().user = "siyu";
    post.account().password = "secret";
    const Receipt receipt = post.send();
    EXPECT_EQ(receipt.words, sentence("net.no_starttls"));
    EXPECT_EQ(post.server().passed("auth") + post.server().passed("mail"), 0);
}

// Whoever sits between us and the server may put an answer behind that of STARTTLS.
TEST(Mail, an_answer_from_before_the_encryption_is_not_heard_after_it) {
    Post post({"--fault", "starttls=inject", "--login", "siyu:secret"}, Security::starttls);
    post.account().user = "siyu";
    post.account().password = "wrong";
    const Receipt receipt = post.send();
    EXPECT_EQ(name_of(receipt.outcome), "later");
    EXPECT_EQ(receipt.code, 535);
    EXPECT_EQ(post.server().passed("mail"), 0) << "the login was taken to be accepted";
}

TEST(Mail, no_login_in_clear_beyond_this_machine) {
    Post post;
    post.account().host = "192.0.2.1";  // nobody's (RFC 5737)
    post.account().user = "siyu";
    const Receipt receipt = post.send();
    EXPECT_EQ(name_of(receipt.outcome), "later");
    EXPECT_EQ(receipt.words, sentence("net.clear_login"));
}

TEST(Mail, a_wrong_password_burns_no_mail_and_stands_in_no_words) {
    for (const char* fault : {"auth=535", "auth=echo"}) {
        Post post({"--fault", fault, "--login", "siyu:secret"}, Security::tls);
        post.account().user = "siyu";
        post.account().password = "s3cret-words";
        const Receipt receipt = post.send();
        EXPECT_EQ(name_of(receipt.outcome), "later");
        EXPECT_THAT(receipt.words, Not(HasSubstr("s3cret-words")));
        EXPECT_THAT(receipt.words, Not(HasSubstr("AHNpeXUAczNjcmV0LXdvcmRz")));
        EXPECT_EQ(receipt.code == 550, receipt.words.find("PLAIN ***") != std::string::npos) << receipt.words;
    }
}

TEST(Mail, words_are_one_line_of_utf8) {
    Post echo({"--fault", "rcpt=echo"});
    EXPECT_EQ(echo.send().words, "550-5.7.1 refused 550 5.7.1 TO:<to@brand.test>");
    Post gbk({"--fault", "rcpt=gbk"});
    const Receipt receipt = gbk.send();
    EXPECT_EQ(name_of(receipt.outcome), "never");
    EXPECT_THAT(receipt.words, testing::MatchesRegex("550 5\\.7\\.1 \\?+ \\?.* end"));
}

TEST(Mail, an_address_says_nothing_else_to_the_server) {
    Post post;
    for (const char* to :
         {"a@b.test>\r\nRCPT TO:<c@d.test", "a b@c.test", "<a@b.test>", "no address", "", "张@b.test"}) {
        const Receipt receipt = post.send("text\r\n", to);
        EXPECT_EQ(name_of(receipt.outcome), "never") << to;
        EXPECT_EQ(receipt.words, sentence("net.bad_recipient"));
    }
    for (const char* message : {"a\nb\r\n", "a\n.\r\nMAIL FROM:<x@y.test>\r\n", "a\rb\r\n", "a\r", "\nb"})
        EXPECT_EQ(post.send(message).words, sentence("net.bad_message"));
    EXPECT_EQ(post.server().passed("connect"), 0);
}

}  // namespace
}  // namespace siyu
