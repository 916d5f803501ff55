// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.hpp"
#include "core/net/robot.hpp"
#include "core/net/smtp_session.hpp"
#include "core/net/web_query.hpp"
#include "core/net/web_site.hpp"
#include "core/net/words.hpp"
#include "core/network/network.hpp"

namespace siyu {

namespace {

class Internet : public Network {
  public:
    std::unique_ptr<MailSession> mail(const MailAccount& account) const override {
        return std::make_unique<SmtpSession>(account);
    }
    Receipt robot(const std::string& url, const std::string& json, const std::string& authority,
                  int timeout_seconds) const override {
        return post_to_robot(url, json, authority, timeout_seconds);
    }
    WebReply ask(const WebQuery& query) const override { return ask_web(query); }
    std::string one_line(std::string_view words, const std::vector<std::string>& secrets) const override {
        return siyu::one_line(words, secrets);
    }
    std::unique_ptr<WebServer> serve(const std::string& address,
                                     std::function<WebAnswer(const WebRequest&)> answer) const override {
        try {
            return std::make_unique<WebSite>(address, std::move(answer));
        } catch (const Poco::Exception& error) {
            throw Error(Error::unreachable, "net.no_listen", {{"address", address}, {"words", words_of(error)}});
        }
    }
};

const Network& internet() {
    static const Internet made;
    return made;
}

}  // namespace

}  // namespace siyu

extern "C" [[gnu::visibility("default")]] const siyu::NetworkModule siyu_network;
const siyu::NetworkModule siyu_network{SIYU_VERSION, siyu::internet};
