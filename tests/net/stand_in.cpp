// SPDX-License-Identifier: Apache-2.0
#include "tests/net/stand_in.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace siyu {

Folder::Folder() {
    std::string made = (std::filesystem::temp_directory_path() / "siyu-net-XXXXXX").string();
    if (!mkdtemp(made.data())) throw std::runtime_error("no folder for the test");
    path_ = made;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

const Certificates& Certificates::get() {
    static const Certificates made;
    return made;
}

Certificates::Certificates() {
    std::ofstream(file("good.cnf")) << "subjectAltName=DNS:localhost,IP:127.0.0.1\n";
    std::ofstream(file("other.cnf")) << "subjectAltName=DNS:other.example\n";
    const std::string openssl = std::string("cd ") + folder_.path().string() + " && " + OPENSSL + " ";
    const auto run = [&openssl](const std::string& words) {
        if (std::system((openssl + words + " 2>/dev/null >&2").c_str()) != 0)
            throw std::runtime_error("openssl " + words);
    };
    const std::string sign = "x509 -req -in request.pem -CA authority.pem -CAkey authority_key.pem -CAcreateserial ";
    run("req -x509 -newkey rsa:2048 -nodes -keyout authority_key.pem -out authority.pem -days 2 -subj /CN=tests");
    run("req -newkey rsa:2048 -nodes -keyout key.pem -out request.pem -subj /CN=server");
    run(sign + "-days 2 -extfile good.cnf -out good.pem");
    run(sign + "-days 2 -extfile other.cnf -out other.pem");
    run(sign + "-days -1 -extfile good.cnf -out expired.pem");
}

StandIn::StandIn(const std::string& script, std::vector<std::string> words) {
    words.insert(words.begin(), {PYTHON, std::string(SIYU_SOURCE_DIR) + "/tests/net/" + script, folder_.path()});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    process_ = fork();
    if (process_ == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        execv(PYTHON, arguments.data());
        _exit(99);
    }
    close(in[0]);
    close(out[1]);
    input_ = in[1];
    std::string line;
    for (char c; read(out[0], &c, 1) == 1 && c != '\n';) line += c;
    close(out[0]);
    if (line.empty()) throw std::runtime_error(script + " does not start");
    port_ = std::stoi(line);
}

StandIn::~StandIn() {
    close(input_);
    kill(process_, SIGKILL);  // some of its threads are told to sleep
    waitpid(process_, nullptr, 0);
}

int StandIn::passed(const std::string& point) const {
    std::istringstream log(slurp(file("log")));
    int count = 0;
    for (std::string line; std::getline(log, line);) count += line == point;
    return count;
}

}  // namespace siyu
