// SPDX-License-Identifier: Apache-2.0
#include "core/worker/sandbox.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "core/base/error.hpp"
#include "core/worker/message.hpp"

namespace siyu {

namespace {

int told_on = -1;             // the socket
int own_threads = -1;         // the folder of /proc that lists them
std::atomic<bool> opening{};  // the host loads a plugin

// The kernel sees who opens a file for the host by this mode, which means nothing where no file is made.
constexpr long hosts_mode = 0x51595553;
// Opening a file to read it may cut it off all the same.
constexpr int writing_flags = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
// What a new thread may not bring: rooms of its own in the kernel.
constexpr unsigned long new_rooms =
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

[[noreturn]] void cannot(const char* what, int error) {
    throw Error(Error::unreachable, "worker.cannot_seal", {{"what", what}, {"words", std::strerror(error)}});
}

// What the C library looks up by itself, when threads allocate or somebody asks for the number of processors. It can do
// without.
bool asked_by_the_c_library(const char* path) {
    for (const char* known : {"/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu/online", "/proc/stat"})
        if (std::strcmp(path, known) == 0) return true;
    return false;
}

// Runs where a call was stopped; nothing here may allocate.
void stopped(int, siginfo_t* found, void* context) {
    auto& registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
    const int call = found->si_syscall;
    const bool opens = call == SYS_openat || call == SYS_open;
    if (opens && opening.load()) {
        const bool at = call == SYS_openat;
        const long folder = at ? registers[REG_RDI] : AT_FDCWD;
        const long path = at ? registers[REG_RSI] : registers[REG_RDI];
        const long flags = at ? registers[REG_RDX] : registers[REG_RSI];
        const long file = ::syscall(SYS_openat, folder, path, flags & ~writing_flags, hosts_mode);
        registers[REG_RAX] = file < 0 ? -errno : file;
        return;
    }
    const auto* wanted = reinterpret_cast<const char*>(registers[call == SYS_openat ? REG_RSI : REG_RDI]);
    if (opens && wanted && asked_by_the_c_library(wanted)) {
        registers[REG_RAX] = -EACCES;
        return;
    }
    // Framed by hand: size of the body, kind; the number of the call and what it wanted to open.
    char told[5 + sizeof call + 256];
    std::memcpy(told + 5, &call, sizeof call);
    std::size_t size = sizeof call;
    if (opens)
        for (const char* path = wanted; path && *path && size < sizeof call + 256; ++path) told[5 + size++] = *path;
    const auto length = static_cast<std::uint32_t>(size);
    std::memcpy(told, &length, sizeof length);
    told[4] = Message::forbidden;
    [[maybe_unused]] const ssize_t done = ::write(told_on, told, 5 + size);
    ::_exit(EXIT_FAILURE);
}

void limit(int resource, rlim_t most) {
    const rlimit both{most, most};
    if (::setrlimit(static_cast<__rlimit_resource>(resource), &both) != 0) cannot("setrlimit", errno);
}

// Files can be read below these folders alone. A kernel without Landlock has no such wall: the mode by which seccomp
// knows the host is known to everybody.
void wall_off_files(const std::vector<std::filesystem::path>& readable) {
    constexpr std::uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    // Everything that its first version knows, and then: to move, to cut off, to steer a device.
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    const int rights = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
    landlock_ruleset_attr all{};
    all.handled_access_fs = (std::uint64_t{1} << rights) - 1;
    const auto rules = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0));
    if (rules < 0) cannot("landlock_create_ruleset", errno);
    const auto allow = [&](const std::filesystem::path& path) {
        const int folder = ::open(path.c_str(), O_PATH | O_CLOEXEC);
        if (folder < 0) return;  // what is not there need not be read
        landlock_path_beneath_attr rule{};
        rule.parent_fd = folder;
        rule.allowed_access = std::filesystem::is_directory(path) ? reading : LANDLOCK_ACCESS_FS_READ_FILE;
        if (::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
            cannot("landlock_add_rule", errno);
        ::close(folder);
    };
    for (const char* path : {"/usr/lib", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache"}) allow(path);
    for (const auto& folder : readable) allow(folder);
    if (::syscall(SYS_landlock_restrict_self, rules, 0) != 0) cannot("landlock_restrict_self", errno);
    ::close(rules);
}

// Everything that is not named here is stopped.
void wall_off_calls() {
    const scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_TRAP);
    if (!filter) cannot("seccomp_init", ENOMEM);
    const auto allow = [&](int call) {
        if (const int error = ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0); error != 0)
            cannot("seccomp", -error);
    };
    const auto allow_if = [&](int call, auto... conditions) {
        const int error = ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, sizeof...(conditions), conditions...);
        if (error != 0) cannot("seccomp", -error);
    };
    for (const int call : {SCMP_SYS(read),
                           SCMP_SYS(pread64),
                           SCMP_SYS(close),
                           SCMP_SYS(fstat),
                           SCMP_SYS(newfstatat),
                           SCMP_SYS(stat),
                           SCMP_SYS(lstat),
                           SCMP_SYS(statx),
                           SCMP_SYS(access),
                           SCMP_SYS(faccessat),
                           SCMP_SYS(faccessat2),
                           SCMP_SYS(readlink),
                           SCMP_SYS(readlinkat),
                           SCMP_SYS(getcwd),
                           SCMP_SYS(lseek),
                           SCMP_SYS(getdents64),
                           SCMP_SYS(poll),
                           SCMP_SYS(ppoll),
                           SCMP_SYS(mmap),
                           SCMP_SYS(munmap),
                           SCMP_SYS(mprotect),
                           SCMP_SYS(mremap),
                           SCMP_SYS(madvise),
                           SCMP_SYS(brk),
                           SCMP_SYS(futex),
                           SCMP_SYS(set_robust_list),
                           SCMP_SYS(get_robust_list),
                           SCMP_SYS(rseq),
                           SCMP_SYS(set_tid_address),
                           SCMP_SYS(sched_yield),
                           SCMP_SYS(sched_getaffinity),
                           SCMP_SYS(nanosleep),
                           SCMP_SYS(clock_nanosleep),
                           SCMP_SYS(clock_gettime),
                           SCMP_SYS(clock_getres),
                           SCMP_SYS(gettimeofday),
                           SCMP_SYS(time),
                           SCMP_SYS(getrandom),
                           SCMP_SYS(getpid),
                           SCMP_SYS(gettid),
                           SCMP_SYS(getuid),
                           SCMP_SYS(geteuid),
                           SCMP_SYS(getgid),
                           SCMP_SYS(getegid),
                           SCMP_SYS(uname),
                           SCMP_SYS(sysinfo),
                           SCMP_SYS(getrusage),
                           SCMP_SYS(rt_sigprocmask),
                           SCMP_SYS(rt_sigreturn),
                           SCMP_SYS(sigaltstack),
                           SCMP_SYS(exit),
                           SCMP_SYS(exit_group),
                           SCMP_SYS(restart_syscall)})
        allow(call);
    allow_if(SCMP_SYS(rt_sigaction), SCMP_A0(SCMP_CMP_NE, SIGSYS));
    for (const int call : {SCMP_SYS(write), SCMP_SYS(writev)}) allow_if(call, SCMP_A0(SCMP_CMP_NE, STDOUT_FILENO));
    allow_if(SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, static_cast<scmp_datum_t>(writing_flags), 0),
             SCMP_A3(SCMP_CMP_EQ, static_cast<scmp_datum_t>(hosts_mode)));
    allow_if(SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD | new_rooms, CLONE_THREAD));
    // A signal to itself, as abort does; the kernel would take any other process of the user.
    allow_if(SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())));
    // Not F_SETOWN and F_SETSIG, by which the kernel sends signals to whomever.
    for (const int what : {F_GETFD, F_SETFD, F_GETFL})
        allow_if(SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(what)));
    // glibc asks for the newer one first, whose flags cannot be looked at.
    ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), 0);
    // Is this a terminal? No.
    ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0);
    if (const int error = ::seccomp_load(filter); error != 0) cannot("seccomp", -error);
    ::seccomp_release(filter);
}

}  // namespace

void Sandbox::seal(const Limits& limits, int socket, const std::vector<std::filesystem::path>& readable, bool walls) {
    told_on = socket;
    own_threads = ::open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    limit(RLIMIT_CORE, 0);
    // SIGXCPU says why; who does not mind it gets SIGKILL a second later.
    const rlimit processor{static_cast<rlim_t>(limits.seconds), static_cast<rlim_t>(limits.seconds) + 1};
    if (::setrlimit(RLIMIT_CPU, &processor) != 0) cannot("setrlimit", errno);
#ifdef SIYU_WITHOUT_WALLS
    walls = false;
#endif
    if (!walls) {
        ::prctl(PR_SET_DUMPABLE, 1);  // LeakSanitizer looks at the process from outside
        return;
    }
#ifndef SIYU_WITHOUT_WALLS
    struct sigaction action {};
    action.sa_sigaction = stopped;
    action.sa_flags = SA_SIGINFO;
    if (::sigaction(SIGSYS, &action, nullptr) != 0) cannot("sigaction", errno);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 64);
    limit(RLIMIT_AS, static_cast<rlim_t>(limits.memory_mib) << 20);
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) cannot("prctl", errno);
    wall_off_files(readable);
    wall_off_calls();
#else
    static_cast<void>(readable);
    static_cast<void>(stopped);
    static_cast<void>(wall_off_files);
    static_cast<void>(wall_off_calls);
#endif
}

void Sandbox::loading(bool begins) { opening.store(begins); }

int Sandbox::other_threads() {
    if (own_threads < 0) return 0;
    ::lseek(own_threads, 0, SEEK_SET);
    char entries[4096];
    int count = 0;
    for (long size = 0; (size = ::syscall(SYS_getdents64, own_threads, entries, sizeof entries)) > 0;)
        for (long at = 0; at < size;) {
            // struct linux_dirent64: 8 bytes inode, 8 bytes offset, 2 bytes length, 1 byte type, name
            std::uint16_t length = 0;
            std::memcpy(&length, entries + at + 16, sizeof length);
            if (entries[at + 19] != '.') ++count;
            at += length;
        }
    return count - 1;
}

std::string name_of_call(int number) {
    char* name = ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
    std::string text = name ? name : std::to_string(number);
    std::free(name);
    return text;
}

}  // namespace siyu
