// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/HTTPServer.h>
#include <Poco/ThreadPool.h>

#include <functional>
#include <string>

#include "core/network/network.hpp"

namespace siyu {

// Answers requests until it is destroyed, each connection's on a thread of its own. Throws Poco's exceptions where it
// cannot listen.
class WebSite : public WebServer {
  public:
    WebSite(const std::string& address, std::function<WebAnswer(const WebRequest&)> answer);
    ~WebSite() override;
    WebSite(const WebSite&) = delete;
    WebSite& operator=(const WebSite&) = delete;

    int port() const override { return server_.port(); }

  private:
    Poco::ThreadPool pool_;
    Poco::Net::HTTPServer server_;
};

}  // namespace siyu
