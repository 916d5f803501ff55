// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/blueprint/blueprint.hpp"

namespace siyu {

// Whether the expressions of a blueprint that came from elsewhere are such as a plugin can declare: facts, columns,
// values, windows and quantities that exist. Handed over once more, each gives itself.
bool is_sound(const Blueprint& blueprint);

}  // namespace siyu
