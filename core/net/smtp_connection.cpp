// SPDX-License-Identifier: Apache-2.0
#include "core/net/smtp_connection.hpp"

#include <Poco/Base64Encoder.h>
#include <Poco/Environment.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/String.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <sstream>

#include "core/base/error.hpp"
#include "core/net/words.hpp"

namespace siyu {

namespace net = Poco::Net;
using std::chrono::steady_clock;

namespace {

void expect(const SmtpReply& reply) {
    if (reply.code / 100 != 2) throw Receipt{Receipt::Outcome::later, reply.code, reply.words};
}

std::string base64(const std::string& bytes) {
    std::ostringstream text;
    Poco::Base64Encoder encoder(text);
    encoder.rdbuf()->setLineLength(0);
    encoder << bytes;
    encoder.close();
    return text.str();
}

}  // namespace

SmtpConnection::SmtpConnection(const MailAccount& account, const net::Context::Ptr& trust) {
    wait(std::chrono::seconds(account.timeout_seconds));
    connect(account);
    if (account.security == Security::tls) encrypt(account.host, trust);
    expect(read());
    std::string name = account.hello.empty() ? Poco::Environment::nodeName() : account.hello;
    std::erase_if(name, [](unsigned char c) { return c <= ' ' || c >= 0x7F; });
    const SmtpReply offers = hello(name);
    if (account.security == Security::starttls) {
        if (Poco::toUpper(offers.lines).find("STARTTLS") == std::string::npos)
            throw Receipt{Receipt::Outcome::later, 0, sentence("net.no_starttls")};
        expect(ask("STARTTLS"));
        received_.clear();  // whoever sits in between may have put answers here
        encrypt(account.host, trust);
        hello(name);
    }
    if (!account.user.empty()) log_in(account);
}

void SmtpConnection::connect(const MailAccount& account) {
    const bool clear_login = account.security == Security::plain && !account.user.empty();
    std::unique_ptr<Poco::Exception> failed;
    const net::HostEntry host = net::DNS::hostByName(account.host, net::DNS::DNS_HINT_NONE);
    for (const net::IPAddress& address : host.addresses()) {
        if (clear_login && !address.isLoopback())
            throw Receipt{Receipt::Outcome::later, 0, sentence("net.clear_login")};
        try {
            socket_ = net::StreamSocket();
            socket_.connect({address, static_cast<Poco::UInt16>(account.port)}, Poco::Timespan(seconds_.count(), 0));
            socket_.setNoDelay(true);
            wait(seconds_);
            return;
        } catch (const Poco::Exception& error) {
            failed.reset(error.clone());
        }
    }
    if (failed) failed->rethrow();
    throw net::HostNotFoundException(account.host);
}

void SmtpConnection::encrypt(const std::string& host, const net::Context::Ptr& trust) {
    socket_ = net::SecureStreamSocket::attach(socket_, host, trust);
}

SmtpReply SmtpConnection::hello(const std::string& name) {
    SmtpReply reply = ask("EHLO " + (name.empty() ? "localhost" : name));
    expect(reply);
    return reply;
}

void SmtpConnection::log_in(const MailAccount& account) {
    using namespace std::string_literals;
    const std::string login = base64("\0"s + account.user + "\0"s + account.password);
    secrets_ = {login, account.password, base64(account.password)};
    expect(ask("AUTH PLAIN " + login));
}

SmtpReply SmtpConnection::ask(const std::string& command) {
    write(command + "\r\n");
    return read();
}

void SmtpConnection::write(std::string_view bytes) {
    while (!bytes.empty()) {
        constexpr std::size_t most = 1 << 20;
        const int sent = socket_.sendBytes(bytes.data(), static_cast<int>(std::min(bytes.size(), most)));
        if (sent <= 0) throw Poco::TimeoutException();
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

SmtpReply SmtpConnection::read() {
    constexpr std::size_t most = 64 << 10;
    const auto until = steady_clock::now() + seconds_;
    SmtpReply reply;
    for (;;) {
        const std::string one = line(until);
        const bool coded = one.size() >= 3 &&
                           std::all_of(one.begin(), one.begin() + 3, [](unsigned char c) { return std::isdigit(c); });
        if (!coded || reply.lines.size() > most) throw net::NetException(one);
        reply.lines += one + "\n";
        if (one.size() > 3 && one[3] == '-') continue;
        reply.code = std::stoi(one.substr(0, 3));
        reply.words = one_line(reply.lines, secrets_);
        return reply;
    }
}

std::string SmtpConnection::line(steady_clock::time_point until) {
    constexpr std::size_t most = 8 << 10;
    for (;;) {
        if (const auto end = received_.find('\n'); end != std::string::npos) {
            const std::string one = received_.substr(0, end);
            received_.erase(0, end + 1);
            return one;
        }
        if (received_.size() > most) throw net::NetException(received_);
        char bytes[1024];
        const int count = socket_.receiveBytes(bytes, sizeof bytes);
        if (count == 0) throw net::ConnectionResetException();
        if (count < 0 || steady_clock::now() > until) throw Poco::TimeoutException();
        received_.append(bytes, static_cast<std::size_t>(count));
    }
}

void SmtpConnection::wait(std::chrono::seconds seconds) {
    seconds_ = seconds;
    if (!socket_.impl()->initialized()) return;
    const Poco::Timespan span(seconds.count(), 0);
    socket_.setReceiveTimeout(span);
    socket_.setSendTimeout(span);
}

void SmtpConnection::quit() noexcept {
    try {
        wait(std::min(seconds_, std::chrono::seconds(2)));
        ask("QUIT");
    } catch (const std::exception&) {
        // It is over either way.
    }
}

}  // namespace siyu
