// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <new>

#include "core/app/command_line.hpp"

int main(int argc, char** argv) {
    const siyu::Language language = siyu::language_of(argc, argv);
    try {
        return siyu::run_command_line(argc, argv, language);
    } catch (const siyu::Error& error) {
        const siyu::Catalogue say(language);
        std::fprintf(stderr, "%s\n", say.say(error.note()).c_str());
        return error.code();
    } catch (const std::exception& error) {
        // Out of memory, or a fault of ours: nothing half-done stays, but it has to be told.
        const siyu::Catalogue say(language);
        std::fprintf(stderr, "%s\n", say("app.unexpected", {{"words", error.what()}}).c_str());
        return siyu::Error::unreachable;
    }
}
