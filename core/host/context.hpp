// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/blueprint/blueprint.hpp"
#include "core/contract/siyu/abi.h"
#include "core/host/template.hpp"

namespace siyu {

class Draft;
class Instance;

// What a plugin and those that it extends may know of the world: the tenant's settings for it, where its log goes.
struct Surroundings {
    std::map<std::string, std::string> settings;
    std::function<void(int level, std::string_view plugin, std::string_view words)> log;
    std::function<bool()> cancelled;
    std::set<std::string> asked;  // settings that somebody asked for
    // Told of each call of a plugin that can fail; what it throws the call fails with.
    std::function<void(std::string_view plugin, const char* function)> calling;
};

// The functions that a plugin gets.
const siyu_host& host_table();

// What was given out to a plugin for as long as its compute or fill runs. Nothing in it moves.
struct Lent {
    std::deque<Evaluation::Parts> splits;
    std::deque<std::vector<siyu_part>> parts;
    std::deque<Evaluation::Table> rosters;
    std::deque<std::vector<siyu_text>> cells;
};

}  // namespace siyu

// What a plugin holds while it is entered. One for each instance, so that a plugin which keeps it and calls later is
// told so instead of reading what is no longer there.
struct siyu_context {
    enum class Phase { outside, creating, declaring, computing, filling };

    siyu::Instance* instance = nullptr;
    std::string plugin;
    std::shared_ptr<siyu::Surroundings> around;

    Phase phase = Phase::outside;
    siyu::Draft* draft = nullptr;
    siyu::Evaluation* evaluation = nullptr;
    std::size_t measures = 0;             // so many were given out
    const siyu::OwnKeys* keys = nullptr;  // that the section being filled declared
    siyu::SectionContent content;         // what it put
    siyu::Lent lent;

    std::optional<std::string> words;  // of the failure that the entry is about to return
    std::vector<siyu::Note> faults;    // what the host saw
    std::exception_ptr thrown;         // out of the engine, on its way through the plugin
};
