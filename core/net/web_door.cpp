// SPDX-License-Identifier: Apache-2.0
#include "core/net/web_door.hpp"

#include <Poco/Net/ServerSocketImpl.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>

namespace siyu {

namespace net = Poco::Net;
using std::chrono::steady_clock;

namespace {

// A visitor's connection. It serves for one request, so its time is the request's.
class Visitor : public net::StreamSocketImpl {
  public:
    explicit Visitor(poco_socket_t socket) : StreamSocketImpl(socket) {}

    int receiveBytes(void* buffer, int length, int flags) override {
        const auto left = std::chrono::duration_cast<std::chrono::microseconds>(until_ - steady_clock::now()).count();
        if (left <= 0 || !poll(Poco::Timespan(left), SELECT_READ)) throw Poco::TimeoutException();
        return StreamSocketImpl::receiveBytes(buffer, length, flags);
    }
    using StreamSocketImpl::receiveBytes;

  private:
    const steady_clock::time_point until_ = steady_clock::now() + std::chrono::seconds(10);
};

class Door : public net::ServerSocketImpl {
  public:
    net::SocketImpl* acceptConnection(net::SocketAddress& client) override {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        int taken = -1;
        do taken = ::accept4(sockfd(), reinterpret_cast<sockaddr*>(&address), &size, SOCK_CLOEXEC);
        while (taken < 0 && errno == EINTR);
        if (taken < 0) error();
        client = net::SocketAddress(reinterpret_cast<const sockaddr*>(&address), size);
        return new Visitor(taken);
    }
};

}  // namespace

WebDoor::WebDoor(const net::SocketAddress& address) : ServerSocket(new Door, true) {
    bind(address, true, false);
    listen(256);
}

}  // namespace siyu
