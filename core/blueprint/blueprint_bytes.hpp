// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/blueprint/blueprint.hpp"

// A blueprint on its way from one process to another, as CBOR. Code stays where it is: only a blueprint without any
// (Blueprint::has_code) can be computed elsewhere.
namespace siyu {

std::string write_blueprint(const Blueprint& blueprint);

// Throws nlohmann::json::exception for what is not of the form. That a fact, a column or a window is one that exists
// is not looked at (core/host/soundness.hpp).
Blueprint read_blueprint(std::string_view bytes);

}  // namespace siyu
