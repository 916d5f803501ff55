// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/contract/siyu/abi.h"

// What compute and fill may ask the host (siyu/abi.h).
namespace siyu {

siyu_status answer_period(siyu_context* context, siyu_period* out) noexcept;
siyu_status answer_value(siyu_context* context, siyu_measure handle, siyu_fraction* out) noexcept;
siyu_status answer_value_over(siyu_context* context, siyu_measure handle, std::int32_t first, std::int32_t last,
                              siyu_fraction* out) noexcept;
siyu_status answer_split(siyu_context* context, siyu_measure handle, siyu_text column, std::int32_t first,
                         std::int32_t last, const siyu_part** out, std::uint64_t* count) noexcept;
siyu_status answer_roster(siyu_context* context, siyu_text name, const siyu_text* columns, std::uint32_t column_count,
                          std::int32_t day, const siyu_text** out, std::uint64_t* count) noexcept;

}  // namespace siyu
