// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <glib-object.h>

#include <memory>

namespace siyu {

template <auto Free>
struct FreedBy {
    void operator()(auto* what) const { Free(what); }
};

// What a C library gave and takes back by its own function.
template <typename T, auto Free>
using Held = std::unique_ptr<T, FreedBy<Free>>;
template <typename T>
using HeldObject = Held<T, g_object_unref>;

}  // namespace siyu
