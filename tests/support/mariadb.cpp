// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mariadb.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace siyu {

namespace {

namespace fs = std::filesystem;

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// Starts a program that says what it has to say into a file, and dies when we do.
pid_t spawn(std::vector<std::string> words, const fs::path& log) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t parent = getpid(), child = fork();
    if (child != 0) return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(97);  // it was gone before
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), in = open("/dev/null", O_RDONLY);
    dup2(in, 0);
    dup2(out, 1);
    dup2(out, 2);
    setenv("LD_PRELOAD", WITHOUT_SYNC, 1);
    // A server begins by throwing away what servers left in the folder for temporary files.
    setenv("TMPDIR", log.parent_path().c_str(), 1);
    execv(arguments[0], arguments.data());
    _exit(98);
}

std::string text_of(const fs::path& file) {
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace

int free_port() {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no free port");
    close(listener);
    return ntohs(address.sin_port);
}

Mariadb::Mariadb(fs::path folder, const std::vector<std::string>& settings) : folder_(std::move(folder)) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
    port_ = free_port();
    std::ofstream file(folder_ / "my.cnf");
    file << "[mariadbd]\nbind-address=127.0.0.1\nskip-name-resolve\nport=" << port_
         << "\ndatadir=" << (folder_ / "data").string() << "\nsocket=" << socket().string()
         << "\npid-file=" << (folder_ / "pid").string() << "\nlog-error=" << (folder_ / "log").string()
         << "\ninit-file="
         << (folder_ / "init.sql").string()
         // Nobody needs what stands here after a power cut, but after its own end.
         << "\ninnodb-flush-log-at-trx-commit=2\ninnodb-doublewrite=0\ninnodb-log-file-size=48M\n"
            "innodb-buffer-pool-size=128M\nperformance-schema=0\n";
    if (geteuid() == 0) file << "user=root\n";
    for (const std::string& setting : settings) file << setting << "\n";
    file.close();
    std::ofstream(folder_ / "init.sql") << "CREATE USER IF NOT EXISTS '" << user << "'@'127.0.0.1' IDENTIFIED BY '"
                                        << password << "';\nGRANT ALL ON *.* TO '" << user
                                        << "'@'127.0.0.1' WITH GRANT OPTION;\n";
    try {
        install();
        start();
    } catch (...) {
        remove();
        throw;
    }
}

Mariadb::~Mariadb() { remove(); }

void Mariadb::remove() {
    kill();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void Mariadb::install() {
    std::vector<std::string> words{MARIADB_INSTALL_DB, "--no-defaults", "--datadir=" + (folder_ / "data").string(),
                                   "--auth-root-authentication-method=normal", "--skip-test-db"};
    if (geteuid() == 0) words.emplace_back("--user=root");
    int status = 0;
    const pid_t child = spawn(words, folder_ / "install.log");
    if (waitpid(child, &status, 0) != child || status != 0)
        throw std::runtime_error("mariadb-install-db: " + text_of(folder_ / "install.log"));
}

bool Mariadb::listens() const {
    const int line = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port_);
    const bool there = connect(line, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(line);
    return there;
}

void Mariadb::start() {
    process_ = spawn({MARIADBD, "--defaults-file=" + (folder_ / "my.cnf").string()}, folder_ / "log");
    for (int i = 0; i < 600; ++i) {
        // It listens only when the file of its first statements was run.
        if (listens()) return;
        if (waitpid(process_, nullptr, WNOHANG) == process_) process_ = 0;
        if (process_ == 0) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    throw std::runtime_error("mariadbd: " + text_of(folder_ / "log"));
}

void Mariadb::kill() {
    if (process_ == 0) return;
    ::kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = 0;
}

}  // namespace siyu
