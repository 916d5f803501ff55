// SPDX-License-Identifier: Apache-2.0
#include "core/worker/nursery.hpp"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/base/error.hpp"
#include "core/base/zone.hpp"
#include "core/worker/work.hpp"

namespace siyu {

namespace {

constexpr int wishes = STDIN_FILENO;

// One process, one job.
[[noreturn]] void be_a_worker(int socket) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_DUMPABLE, 0);
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, stream);
    const int wire = ::dup2(socket, STDERR_FILENO + 1);
    ::close_range(static_cast<unsigned>(wire) + 1, ~0U, 0);
    try {
        Wire to_program(wire);
        work(to_program);
    } catch (...) {  // nobody is there to be told
        ::_exit(EXIT_FAILURE);
    }
    ::_exit(EXIT_SUCCESS);
}

// Takes a wish and the socket that came with it. False where nobody wishes any more.
bool receive(Wish& wish, int& socket) {
    iovec data{&wish, sizeof wish};
    alignas(cmsghdr) char extra[CMSG_SPACE(sizeof(int))];
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = extra;
    message.msg_controllen = sizeof extra;
    ssize_t got = 0;
    do got = ::recvmsg(wishes, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got != sizeof wish) return false;
    socket = -1;
    if (const cmsghdr* head = CMSG_FIRSTHDR(&message); head && head->cmsg_type == SCM_RIGHTS)
        std::memcpy(&socket, CMSG_DATA(head), sizeof socket);
    return true;
}

}  // namespace

int run_nursery() {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Memory that a worker gave back it needs again at once.
    ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
    ::mallopt(M_TOP_PAD, 4 << 20);
    // Read once, for all workers.
    catalogue(Language::zh);
    Zone("UTC").today();
    struct Worker {
        std::uint32_t number;
        pid_t process;
    };
    std::map<int, Worker> workers;  // by the descriptor that tells of their end
    while (true) {
        std::vector<pollfd> watched{{wishes, POLLIN, 0}};
        for (const auto& [descriptor, worker] : workers) watched.push_back({descriptor, POLLIN, 0});
        if (::poll(watched.data(), watched.size(), -1) < 0) continue;
        for (std::size_t i = 1; i < watched.size(); ++i) {
            if (!watched[i].revents) continue;
            const Worker ended = workers.at(watched[i].fd);
            int status = 0;
            rusage used{};
            ::wait4(ended.process, &status, 0, &used);
            const Farewell farewell{ended.number, status, used.ru_maxrss,
                                    used.ru_utime.tv_sec * 1'000'000 + used.ru_utime.tv_usec +
                                        used.ru_stime.tv_sec * 1'000'000 + used.ru_stime.tv_usec};
            workers.erase(watched[i].fd);
            ::close(watched[i].fd);
            ::send(wishes, &farewell, sizeof farewell, MSG_NOSIGNAL);  // who has gone will not wish either
        }
        if (!watched[0].revents) continue;
        Wish wish{};
        int socket = -1;
        if (!receive(wish, socket)) break;
        if (wish.kind == Wish::kill) {
            for (const auto& [descriptor, worker] : workers)
                if (worker.number == wish.worker) ::kill(worker.process, SIGKILL);
            continue;
        }
        const pid_t child = ::fork();
        if (child == 0) be_a_worker(socket);
        ::close(socket);
        const auto descriptor = child < 0 ? -1 : static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
        if (descriptor >= 0) {
            workers[descriptor] = {wish.worker, child};
            continue;
        }
        // No process to be had: told like one that was killed at once.
        if (child > 0) {
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
        }
        const Farewell farewell{wish.worker, SIGKILL, 0, 0};
        ::send(wishes, &farewell, sizeof farewell, MSG_NOSIGNAL);
    }
    // Those who are left see that nobody is at the other end; who does not look is not waited for.
    constexpr int patience_ms = 1000;
    for (const auto& [descriptor, worker] : workers) {
        pollfd ended{descriptor, POLLIN, 0};
        if (::poll(&ended, 1, patience_ms) <= 0) ::kill(worker.process, SIGKILL);
        ::waitpid(worker.process, nullptr, 0);
    }
    return EXIT_SUCCESS;
}

Nursery::Nursery(const std::string& preload, bool of_clerks) {
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        throw Error(Error::unreachable, "worker.cannot_start", {{"words", std::strerror(errno)}});
    socket_ = pair[0];
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, pair[1], wishes);
    ::posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    // No word of the environment that is not needed: passwords may stand there.
    char name[] = "siyu-worker", locale[] = "LC_ALL=C.UTF-8";
    // Names are looked up once here and not again in each worker.
    char bound[] = "LD_BIND_NOW=1";
    char* words[] = {name, nullptr};
    // A sanitizer's runtime tells a worker what it found, each place with its file last; at the end of the nursery it
    // has nothing to say.
    std::string first = "LD_PRELOAD=" + preload,
                quiet = "ASAN_OPTIONS=leak_check_at_exit=0:stack_trace_format=\"#%n %f %S %m\"";
    // Figures and pages are made of small pieces: kept at hand when they are given back they cost an eighth less.
    char kept[] = "GLIBC_TUNABLES=glibc.malloc.tcache_count=10000";
    std::vector<char*> environment{locale, bound, quiet.data()};
    if (!preload.empty()) environment.push_back(first.data());
    if (of_clerks) environment.push_back(kept);
    environment.push_back(nullptr);
    const int error = ::posix_spawn(&process_, "/proc/self/exe", &files, nullptr, words, environment.data());
    ::posix_spawn_file_actions_destroy(&files);
    ::close(pair[1]);
    if (error != 0) {
        ::close(socket_);
        throw Error(Error::unreachable, "worker.cannot_start", {{"words", std::strerror(error)}});
    }
}

Nursery::~Nursery() {
    ::close(socket_);
    ::waitpid(process_, nullptr, 0);
}

void Nursery::start(std::uint32_t worker, int socket) {
    Wish wish{Wish::start, worker};
    iovec data{&wish, sizeof wish};
    alignas(cmsghdr) char extra[CMSG_SPACE(sizeof(int))]{};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = extra;
    message.msg_controllen = sizeof extra;
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof socket);
    std::memcpy(CMSG_DATA(head), &socket, sizeof socket);
    const bool sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL) == sizeof wish;
    ::close(socket);
    if (!sent) throw Error(Error::unreachable, "worker.cannot_start", {{"words", std::strerror(errno)}});
}

void Nursery::kill(std::uint32_t worker) {
    const Wish wish{Wish::kill, worker};
    ::send(socket_, &wish, sizeof wish, MSG_NOSIGNAL);
}

bool Nursery::receive(Farewell& farewell) {
    ssize_t got = 0;
    do got = ::recv(socket_, &farewell, sizeof farewell, 0);
    while (got < 0 && errno == EINTR);
    return got == sizeof farewell;
}

}  // namespace siyu
