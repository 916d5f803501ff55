// SPDX-License-Identifier: Apache-2.0
#include "core/host/trial.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace siyu {

namespace {

constexpr unsigned seconds_at_most = 10;

[[noreturn]] void run_and_end(const std::function<void()>& work) {
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    // What a plugin prints belongs into no report.
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, stream);
    ::signal(SIGALRM, SIG_DFL);
    ::alarm(seconds_at_most);
    try {
        work();
    } catch (...) {  // NOLINT(bugprone-empty-catch): it is thrown again where it can be told
    }
    ::_exit(0);
}

}  // namespace

std::optional<std::string> try_out(const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child == 0) run_and_end(work);
    if (child < 0) return std::nullopt;  // no process to be had: then it is done here alone
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGALRM ? "time" : "signal " + std::to_string(WTERMSIG(status));
    if (WEXITSTATUS(status) != 0) return "exit " + std::to_string(WEXITSTATUS(status));
    return std::nullopt;
}

}  // namespace siyu
