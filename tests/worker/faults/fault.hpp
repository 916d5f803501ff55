// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <siyu/plugin.hpp>

// FAULT(name) { ... } is a plugin that does this and nothing else, when its one KPI is computed.
#define FAULT(name)                                                                                          \
    static void fault();                                                                                     \
    class Author final : public siyu::Plugin {                                                               \
        void declare(siyu::Declarations& d) override {                                                       \
            d.computed("kpi", {"指标", "KPI"}, siyu::Unit::count,                                            \
                       [](const siyu::Evaluation&) -> std::optional<siyu::Fraction> { return fault(), 1; }); \
        }                                                                                                    \
    };                                                                                                       \
    SIYU_PLUGIN(Author, #name, "1.0.0")                                                                      \
    static void fault()
