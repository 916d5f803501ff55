// SPDX-License-Identifier: Apache-2.0
#include "core/net/smtp_session.hpp"

#include <Poco/Net/MailStream.h>

#include <algorithm>
#include <sstream>

#include "core/base/error.hpp"
#include "core/net/trust.hpp"
#include "core/net/words.hpp"

namespace siyu {

using std::chrono::steady_clock;
using Outcome = Receipt::Outcome;

namespace {

constexpr std::string_view end_of_message = ".\r\n";
constexpr std::chrono::seconds idle_most{60};

// An address that fits between < and > and says nothing else to the server.
bool is_address(const std::string& text) {
    return text.find('@') != std::string::npos && std::none_of(text.begin(), text.end(), [](unsigned char c) {
               return c <= ' ' || c >= 0x7F || c == '<' || c == '>';
           });
}

// A bare CR or LF ends a line for some servers and not for others: a text after it could pass for commands.
bool has_whole_lines(std::string_view message) {
    for (std::size_t i = 0; i < message.size(); ++i)
        if (message[i] == '\r' ? i + 1 == message.size() || message[i + 1] != '\n'
                               : message[i] == '\n' && (i == 0 || message[i - 1] != '\r'))
            return false;
    return true;
}

// What stands between DATA and the answer: dots doubled where they begin a line, and the end.
std::string for_the_wire(std::string_view message) {
    std::ostringstream bytes;
    Poco::Net::MailOutputStream stream(bytes);
    stream << message;
    stream.close();
    return bytes.str();
}

Receipt judge(const SmtpReply& reply, int expected, Outcome otherwise) {
    const int kind = reply.code / 100;
    const bool login = reply.code == 530 || reply.code == 535;  // the account's trouble, not this mail's
    const Outcome outcome = kind == expected      ? Outcome::accepted
                            : kind == 5 && !login ? Outcome::never
                            : kind == 4 || login  ? Outcome::later
                                                  : otherwise;
    return {outcome, reply.code, reply.words};
}

}  // namespace

SmtpSession::~SmtpSession() { leave(); }

void SmtpSession::leave() noexcept {
    if (connection_) connection_->quit();
    connection_.reset();
}

// Whether there is a connection that serves for another mail.
bool SmtpSession::reuse() {
    if (connection_ && (sent_ >= account_.per_connection || steady_clock::now() - used_ > idle_most)) leave();
    if (!connection_) return false;
    try {
        if (connection_->ask("RSET").code == 250) return true;
    } catch (const Poco::Exception&) {
        // Closed by the server meanwhile, as it may.
    }
    connection_.reset();
    return false;
}

// Opens a connection where there is none, and names sender and recipient on it.
Receipt SmtpSession::announce_here(const std::string& from, const std::string& to) {
    std::vector<std::string> secrets;
    try {
        if (!connection_) {
            if (!trust_ && account_.security != Security::plain) trust_ = trust(account_.authority);
            connection_ = std::make_unique<SmtpConnection>(account_, trust_);
            sent_ = 0;
        }
        used_ = steady_clock::now();
        secrets = connection_->secrets();
        for (const std::string& command : {"MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">", std::string("DATA")}) {
            Receipt receipt = judge(connection_->ask(command), command == "DATA" ? 3 : 2, Outcome::later);
            if (receipt.outcome != Outcome::accepted) return receipt;
        }
        return {Outcome::accepted, 0, {}};
    } catch (const Receipt& refusal) {
        return refusal;
    } catch (const Poco::Exception& error) {
        return {Outcome::later, 0, words_of(error, secrets)};
    }
}

Receipt SmtpSession::announce(const std::string& from, const std::string& to) {
    for (;;) {
        const bool used = reuse();
        const Receipt receipt = announce_here(from, to);
        if (receipt.outcome == Outcome::accepted) return receipt;
        // Not busy for long, throttled for this connection, or broken: the next mail is better off with another one.
        const bool gone = receipt.code == 0 || receipt.code == 421;
        if (gone)
            connection_.reset();
        else if (receipt.outcome == Outcome::later)
            leave();
        // What ended an old connection says nothing of this mail.
        if (!gone || !used) return receipt;
    }
}

Receipt SmtpSession::send(const std::string& from, const std::string& to, std::string_view message,
                          const std::function<void()>& about_to_send) {
    if (!is_address(from)) return {Outcome::later, 0, sentence("net.bad_sender")};
    if (!is_address(to)) return {Outcome::never, 0, sentence("net.bad_recipient")};
    if (!has_whole_lines(message)) return {Outcome::never, 0, sentence("net.bad_message")};
    const std::string bytes = for_the_wire(message);
    if (Receipt receipt = announce(from, to); receipt.outcome != Outcome::accepted) return receipt;
    // Where it fails from here on, the connection is closed without a word: what we said would be message.
    auto connection = std::exchange(connection_, nullptr);
    about_to_send();
    return hand_over(std::move(connection), bytes);
}

Receipt SmtpSession::hand_over(std::unique_ptr<SmtpConnection> connection, std::string_view bytes) {
    bool complete = false;
    try {
        connection->write(bytes.substr(0, bytes.size() - end_of_message.size()));
        complete = true;  // as far as we can know
        connection->write(end_of_message);
        const Receipt receipt = judge(connection->read(), 2, Outcome::unsure);
        if (receipt.outcome == Outcome::accepted || receipt.outcome == Outcome::never) {
            connection_ = std::move(connection);
            ++sent_;
            used_ = steady_clock::now();
        }
        return receipt;
    } catch (const Poco::Exception& error) {
        const Receipt receipt{complete ? Outcome::unsure : Outcome::later, 0, words_of(error, connection->secrets())};
        if (complete) return receipt;
        try {  // who refuses in the middle of a message says why before closing
            connection->wait(std::chrono::seconds(1));
            const Receipt said = judge(connection->read(), 2, Outcome::later);
            return said.outcome == Outcome::accepted ? receipt : said;
        } catch (const Poco::Exception&) {
            return receipt;
        }
    }
}

}  // namespace siyu
