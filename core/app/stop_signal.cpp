// SPDX-License-Identifier: Apache-2.0
#include "core/app/stop_signal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

namespace siyu {

namespace {

std::atomic<bool> wished = false;
int bell[2] = {-1, -1};  // a byte in it wakes whoever rests

void wish(int) {
    wished = true;
    [[maybe_unused]] const auto rung = ::write(bell[1], "", 1);
}

void listen_with(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    for (const int signal : {SIGTERM, SIGINT}) ::sigaction(signal, &action, nullptr);
}

}  // namespace

StopSignal::StopSignal() {
    wished = false;
    if (::pipe2(bell, O_CLOEXEC | O_NONBLOCK) != 0) bell[0] = bell[1] = -1;  // then it rests to the end
    listen_with(wish);
}

StopSignal::~StopSignal() {
    listen_with(SIG_DFL);
    for (int& end : bell) {
        if (end >= 0) ::close(end);
        end = -1;
    }
}

bool StopSignal::came() { return wished; }

void StopSignal::rest(int milliseconds) {
    pollfd one{bell[0], POLLIN, 0};
    if (!came()) ::poll(&one, 1, milliseconds);
}

}  // namespace siyu
