// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace siyu {

// What a worker may use up.
struct Limits {
    int seconds = 60;       // by the clock, and of processor time
    int memory_mib = 2048;  // of addresses
    int at_once = 0;        // workers side by side; 0: two more than there are processors
};

// The walls around a process that runs a client's plugin: no network, no other process, no writing, and nothing to read
// but libraries and plugins, while the host loads one. A call over the wall ends the process and is told on the
// socket. Linux: rlimits, Landlock, seccomp.
class Sandbox {
  public:
    // Throws Error (unreachable, worker.cannot_seal) where the walls cannot be built. `readable` are folders of
    // plugins. Without walls (Job::walls) processor time is limited and nothing else.
    static void seal(const Limits& limits, int socket, const std::vector<std::filesystem::path>& readable,
                     bool walls = true);
    // While the host looks for plugin files and loads them it may open them.
    static void loading(bool begins);
    // How many threads the process has besides this one.
    static int other_threads();
};

// The name of a system call, as in `man 2`; its number where it has none.
std::string name_of_call(int number);

}  // namespace siyu
