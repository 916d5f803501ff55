// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/ServerSocket.h>

namespace siyu {

// Where visitors come in: each has 10 seconds to say all of what they want, however slowly they speak. Throws Poco's
// exceptions where the address is taken; it is shared with no other program.
class WebDoor : public Poco::Net::ServerSocket {
  public:
    explicit WebDoor(const Poco::Net::SocketAddress& address);
};

}  // namespace siyu
