// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "raw.h"

// Lets an exception out, which the SDK never does.
static siyu_status declare(void*, siyu_context*) {
    if (the_host) throw std::runtime_error("out of the plugin");
    return SIYU_OK;
}

const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 0, SIYU_TEXT("throws_raw"), SIYU_TEXT("1.0.0"), raw_create, declare, raw_destroy, nullptr};
