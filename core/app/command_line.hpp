// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/catalogue.hpp"

namespace siyu {

// `--lang zh|en` wherever it stands, else the locale: needed before the command line can be read, for its own words.
Language language_of(int argc, char** argv);

// Reads the command line (cli.md), runs the command, and gives the exit status.
int run_command_line(int argc, char** argv, Language language);

}  // namespace siyu
