// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/host/context.hpp"
#include "core/host/wire.hpp"

// What every function that a plugin calls begins and ends with. Nothing is thrown into a plugin, nothing of a plugin is
// believed.
namespace siyu {

// A name or sentence for people to read: what is no UTF-8 or too long does not get far.
inline std::string readable(siyu_text handed) { return taken(handed, 4096).value_or("(?)"); }

// Keeps what the plugin did wrong until its entry has come back.
inline void note(siyu_context* context, Note fault) {
    if (context->faults.size() < 50) context->faults.push_back(std::move(fault));
}
inline void note(siyu_context* context, std::string id, std::vector<std::pair<std::string, std::string>> with) {
    note(context, Note{std::move(id), std::move(with)});
}
inline siyu_status bad_call(siyu_context* context, std::string id,
                            std::vector<std::pair<std::string, std::string>> with) {
    note(context, std::move(id), std::move(with));
    return SIYU_BAD_CALL;
}

// Runs a host function in the phases it belongs to; what it throws waits until the plugin has come back.
template <class Run>
siyu_status serve(siyu_context* context, const char* function, std::initializer_list<siyu_context::Phase> phases,
                  Run run) noexcept {
    if (!context) return SIYU_BAD_CALL;
    try {
        if (std::find(phases.begin(), phases.end(), context->phase) == phases.end()) {
            if (context->phase != siyu_context::Phase::outside)
                note(context, "plugin.not_now", {{"function", function}});
            return SIYU_BAD_CALL;
        }
        if (context->around->calling) context->around->calling(context->plugin, function);
        return run();
    } catch (...) {
        if (!context->thrown) context->thrown = std::current_exception();
        return SIYU_FAILED;
    }
}

}  // namespace siyu
