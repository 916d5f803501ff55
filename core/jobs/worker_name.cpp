// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/worker_name.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "core/store/checksum.hpp"

namespace siyu {

namespace {

// Host, process, place, start.
std::array<std::string, 4> parts_of(std::string_view worker) {
    std::array<std::string, 4> parts;
    for (std::string& part : parts) {
        const std::size_t end = worker.find(':');
        part = worker.substr(0, end);
        worker.remove_prefix(end == std::string_view::npos ? worker.size() : end + 1);
    }
    return parts;
}

// Empty where the system does not say.
std::string place() {
    std::string boot;
    std::ifstream("/proc/sys/kernel/random/boot_id") >> boot;
    char processes[64];
    const ssize_t size = ::readlink("/proc/self/ns/pid", processes, sizeof processes);
    if (boot.empty() || size <= 0) return {};
    return std::to_string(checksum(boot + std::string(processes, static_cast<std::size_t>(size))));
}

// When the process was started, in ticks; `-` for one that ended and was not buried yet, empty where it cannot be seen.
std::string start_of(const std::string& process) {
    std::ifstream file("/proc/" + process + "/stat");
    std::string line;
    std::getline(file, line);
    // The second word is the program's name in brackets, which may hold anything.
    const std::size_t name = line.rfind(')');
    if (name == std::string::npos) return {};
    std::istringstream words(line.substr(name + 1));
    std::string word, state;
    words >> state;
    for (int i = 4; i <= 22; ++i) words >> word;
    return state == "Z" || state == "X" ? "-" : word;
}

}  // namespace

std::string own_worker_name() {
    char host[256] = {};
    ::gethostname(host, sizeof host - 1);
    std::string name(host);
    name = name.substr(0, 64);
    std::replace(name.begin(), name.end(), ':', '.');
    const std::string process = std::to_string(::getpid());
    return name + ":" + process + ":" + place() + ":" + start_of(process);
}

bool surely_dead(std::string_view worker) {
    const auto [host, process, where, start] = parts_of(worker);
    if (where.empty() || start.empty() || where != place()) return false;
    const int number = std::atoi(process.c_str());
    if (number <= 0) return false;
    if (::kill(number, 0) != 0 && errno == ESRCH) return true;
    const std::string now = start_of(process);
    return !now.empty() && now != start;
}

std::string short_worker_name(std::string_view worker) {
    const auto parts = parts_of(worker);
    return parts[0].empty() ? std::string{} : parts[0] + ":" + parts[1];
}

}  // namespace siyu
