// SPDX-License-Identifier: Apache-2.0
#include <siyu/abi.h>

#include <stdexcept>

#include "../../host/bad_plugins/raw.h"

// Without the C++ layer nothing keeps an exception from going through the C functions of the host.
static siyu_status compute(void*, siyu_context*, siyu_fraction*) { throw std::runtime_error("through C"); }
static siyu_status declare(void*, siyu_context* context) {
    siyu_kpi kpi = raw_kpi("kpi");
    kpi.compute = compute;
    return the_host->declare_kpi(context, &kpi);
}
extern "C" SIYU_EXPORT const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 0, SIYU_TEXT("throws_at_work"), SIYU_TEXT("1.0.0"), raw_create, declare, raw_destroy, nullptr};
