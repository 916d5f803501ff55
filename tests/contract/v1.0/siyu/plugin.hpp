// SPDX-License-Identifier: Apache-2.0
#pragma once

// How to write a plugin in C++17: a class that declares, and one macro.
//
//     #include <siyu/plugin.hpp>
//     using namespace siyu;
//
//     class Acme final : public Plugin {
//         void declare(Declarations& d) override {
//             d.extend("standard");
//             d.ratio("group_retention", {"群留存", "Group retention"},
//                     count(group_members(at_start) & group_members(at_end)), count(group_members(at_start)))
//                 .group(service);
//         }
//     };
//     SIYU_PLUGIN(Acme, "acme", "1.0.0")
//
// Nothing is computed here: expressions are handed to the host, which computes, explains and rolls them up. The rules
// of siyu/abi.h are kept by this file; no exception leaves the plugin.

#include <deque>

#include "declarations.hpp"

namespace siyu {
inline namespace contract_v1 {

// A client's plugin: derive, declare, and end the file with SIYU_PLUGIN.
class Plugin {
  public:
    virtual ~Plugin() = default;
    virtual void declare(Declarations& declarations) = 0;
};

namespace detail {

// The entries of siyu_plugin for one class.
template <class Author>
struct Entry {
    const siyu_host* host;
    Author plugin;
    std::deque<Callback> callbacks;

    explicit Entry(const siyu_host* the_host) : host(the_host) {}

    static siyu_status create(const siyu_host* host, siyu_context* context, void** self) noexcept {
        // guarded() catches what `new` throws.
        return guarded(host, context, [&] { *self = new Entry(host); });  // NOLINT(bugprone-unhandled-exception-at-new)
    }
    static siyu_status declare(void* self, siyu_context* context) noexcept {
        Entry& entry = *static_cast<Entry*>(self);
        return guarded(entry.host, context, [&] {
            Declarations declarations(entry.host, context, entry.callbacks);
            static_cast<Plugin&>(entry.plugin).declare(declarations);
            declarations.finish();
        });
    }
    static void destroy(void* self) noexcept { delete static_cast<Entry*>(self); }
};

}  // namespace detail

}  // namespace contract_v1
}  // namespace siyu

// The id ends in the name of the file: "com.acme.pets" is pets.so.
#define SIYU_PLUGIN(Author, id, version)                                                              \
    extern "C" SIYU_EXPORT const siyu_plugin siyu_plugin_v1 = {sizeof(siyu_plugin),                   \
                                                               0,                                     \
                                                               SIYU_TEXT(id),                         \
                                                               SIYU_TEXT(version),                    \
                                                               &siyu::detail::Entry<Author>::create,  \
                                                               &siyu::detail::Entry<Author>::declare, \
                                                               &siyu::detail::Entry<Author>::destroy, \
                                                               nullptr};
