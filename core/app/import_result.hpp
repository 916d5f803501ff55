// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "core/app/session.hpp"
#include "core/intake/parcel.hpp"

namespace siyu {

// Says what came of a file that was taken in, as a person wants to know it.
void tell_result(Session& session, const Parcel& parcel);
// The same for a program.
nlohmann::ordered_json result_json(const Parcel& parcel, const Catalogue& say);

}  // namespace siyu
