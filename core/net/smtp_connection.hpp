// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.hpp"

namespace siyu {

// What a mail server answered: its code, its lines, and these as one line without secrets.
struct SmtpReply {
    int code = 0;
    std::string lines, words;
};

// A connection on which a mail server greeted us and, where the account says so, was checked and took our login. Its
// functions throw Poco's exceptions when the connection breaks or the server is silent; it is of no use then.
//
// Poco's own SMTP session is not used: over a socket of ours it checks no host name after STARTTLS, and a reply that
// breaks off in its middle keeps it busy for ever.
class SmtpConnection {
  public:
    // Throws Receipt where the server refuses us: no mail was spoken of yet, so it may always be tried again.
    SmtpConnection(const MailAccount& account, const Poco::Net::Context::Ptr& trust);

    SmtpReply ask(const std::string& command);
    void write(std::string_view bytes);
    SmtpReply read();
    // From now on the other side has that long for a step.
    void wait(std::chrono::seconds seconds);
    // Says goodbye, and waits 2 seconds at most for theirs.
    void quit() noexcept;

    const std::vector<std::string>& secrets() const { return secrets_; }

  private:
    void connect(const MailAccount& account);
    void encrypt(const std::string& host, const Poco::Net::Context::Ptr& trust);
    SmtpReply hello(const std::string& name);
    void log_in(const MailAccount& account);
    std::string line(std::chrono::steady_clock::time_point until);

    Poco::Net::StreamSocket socket_;
    std::string received_;  // and not read yet
    std::chrono::seconds seconds_{};
    std::vector<std::string> secrets_;
};

}  // namespace siyu
