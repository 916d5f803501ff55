// SPDX-License-Identifier: Apache-2.0
// The server that the tests of one ctest run share: `server start FILE` writes its port there, `server stop FILE` ends
// it; it also ends with whoever started it. `server database FILE` says the URL of a new database.
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <random>

#include "tests/support/fresh_store.hpp"
#include "tests/support/mariadb.hpp"

namespace {

int pidfd(pid_t process) { return static_cast<int>(syscall(SYS_pidfd_open, process, 0)); }

volatile std::sig_atomic_t stopped = 0;

// Has the server until it is told to stop, or whoever wanted it is gone.
void keep(const std::filesystem::path& file, pid_t whose, int said) {
    std::signal(SIGTERM, [](int) { stopped = 1; });
    sigset_t term, before;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, &before);
    const siyu::Mariadb server(std::filesystem::temp_directory_path() / ("siyu-mariadb-" + std::to_string(getpid())));
    const std::filesystem::path beside = file.string() + ".new";
    std::ofstream(beside) << server.port() << " " << getpid() << "\n";
    std::filesystem::rename(beside, file);
    if (write(said, "!", 1) != 1) return;
    close(said);
    pollfd gone{pidfd(whose), POLLIN, 0};
    while (!stopped && ppoll(&gone, 1, nullptr, &before) < 0) {
    }
    std::filesystem::remove(file);
}

int start(const std::filesystem::path& file) {
    std::filesystem::remove(file);
    int line[2];
    if (pipe(line) != 0) return 1;
    const pid_t whose = getppid();
    if (fork() == 0) {
        close(line[0]);
        setsid();
        // ctest waits until nobody can say anything more.
        const int nowhere = open("/dev/null", O_RDWR);
        for (const int stream : {0, 1, 2}) dup2(nowhere, stream);
        try {
            keep(file, whose, line[1]);
        } catch (const std::exception& error) {
            return write(line[1], error.what(), std::strlen(error.what())) < 0 ? 2 : 1;
        }
        return 0;
    }
    close(line[1]);
    std::string said(1, '\0');
    if (read(line[0], said.data(), 1) == 1 && said == "!") return 0;
    for (char next = 0; read(line[0], &next, 1) == 1;) said += next;
    std::fprintf(stderr, "%s\n", said.c_str());
    return 1;
}

int stop(const std::filesystem::path& file) {
    int port = 0;
    pid_t keeper = 0;
    if (!(std::ifstream(file) >> port >> keeper)) return 0;
    pollfd gone{pidfd(keeper), POLLIN, 0};
    kill(keeper, SIGTERM);
    return poll(&gone, 1, 30'000) == 1 ? 0 : 1;
}

int database(const std::string& file) {
    setenv("SIYU_TEST_STORE", ("mysql@" + file).c_str(), 1);
    const std::string name = "siyu_case_" + std::to_string(getpid()) + "_" + std::to_string(std::random_device{}());
    siyu::server_connection()->execute("CREATE DATABASE " + name);
    std::puts(siyu::server_url(name).c_str());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    if (std::strcmp(argv[1], "start") == 0) return start(std::filesystem::absolute(argv[2]));
    if (std::strcmp(argv[1], "stop") == 0) return stop(argv[2]);
    if (std::strcmp(argv[1], "database") == 0) return database(argv[2]);
    return 2;
}
