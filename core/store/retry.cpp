// SPDX-License-Identifier: Apache-2.0
#include "core/store/retry.hpp"

#include <chrono>
#include <random>
#include <thread>

namespace siyu {

namespace {

constexpr int tries_at_most = 6;
constexpr int first_pause_ms = 100;

}  // namespace

bool may_try_again(const Error& error) {
    return error.note().id == "store.conflict" || error.note().id == "store.lost";
}

bool unsure(const Error& error) { return error.note().id == "store.unsure"; }

bool Pause::wait() {
    if (++tries_ >= tries_at_most) return false;
    double pause = first_pause_ms;
    for (int i = 1; i < tries_; ++i) pause *= 3;
    std::uniform_real_distribution<double> part(0.5, 1.0);
    std::random_device random;
    std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(pause * part(random)));
    return true;
}

}  // namespace siyu
