// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"
#include "reports/view.hpp"

namespace siyu {

// The whole report in words and tables, for either rendering. Throws what section_parts throws.
Document compose(const View& view);

}  // namespace siyu
