// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/contract/siyu/abi.h"

// What fill may put under the keys of its section (siyu/abi.h).
namespace siyu {

siyu_status put_text(siyu_context* context, siyu_text key, siyu_text text) noexcept;
siyu_status put_figure(siyu_context* context, const siyu_cell* cell) noexcept;
siyu_status put_row(siyu_context* context, siyu_text list, const siyu_cell* cells, std::uint32_t count) noexcept;

}  // namespace siyu
