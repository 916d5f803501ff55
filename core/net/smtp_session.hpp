// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/net/smtp_connection.hpp"

namespace siyu {

// Sends mails over one connection after the other.
class SmtpSession : public MailSession {
  public:
    explicit SmtpSession(MailAccount account) : account_(std::move(account)) {}
    ~SmtpSession() override;
    SmtpSession(const SmtpSession&) = delete;
    SmtpSession& operator=(const SmtpSession&) = delete;

    Receipt send(const std::string& from, const std::string& to, std::string_view message,
                 const std::function<void()>& about_to_send) override;

  private:
    bool reuse();
    Receipt announce(const std::string& from, const std::string& to);
    Receipt announce_here(const std::string& from, const std::string& to);
    Receipt hand_over(std::unique_ptr<SmtpConnection> connection, std::string_view bytes);
    void leave() noexcept;

    MailAccount account_;
    Poco::Net::Context::Ptr trust_;
    std::unique_ptr<SmtpConnection> connection_;
    int sent_ = 0;  // on this connection
    std::chrono::steady_clock::time_point used_;
};

}  // namespace siyu
