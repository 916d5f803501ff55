// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "core/app/command_line.hpp"
#include "core/worker/nursery.hpp"

int main(int argc, char** argv) {
    if (argc == 1 && std::string_view(argv[0]) == siyu::nursery_name) return siyu::run_nursery();
    const siyu::Language language = siyu::language_of(argc, argv);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is told like a full disk
    try {
        const int status = siyu::run_command_line(argc, argv, language);
        // What was asked for and did not arrive is no success.
        errno = 0;
        if (std::fflush(stdout) != 0 || std::ferror(stdout))
            throw siyu::Error(siyu::Error::unreachable, "app.cannot_print",
                              {{"words", std::strerror(errno ? errno : EIO)}});
        return status;
    } catch (const siyu::Error& error) {
        const siyu::Catalogue& say = siyu::catalogue(language);
        std::fprintf(stderr, "%s\n", say.say(error.note()).c_str());
        return error.code();
    } catch (const std::exception& error) {
        // Out of memory, or a fault of ours: nothing half-done stays, but it has to be told.
        const siyu::Catalogue& say = siyu::catalogue(language);
        std::fprintf(stderr, "%s\n", say("app.unexpected", {{"words", error.what()}}).c_str());
        return siyu::Error::unreachable;
    }
}
