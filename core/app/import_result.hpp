// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/app/session.hpp"
#include "core/intake/parcel.hpp"

namespace siyu {

// Says what came of a file that was taken in, as a person wants to know it.
void tell_result(Session& session, const Parcel& parcel);
// What else there is to know of it: how it was read, what was left out, what was set aside, what looks odd.
std::vector<Note> result_notes(const Parcel& parcel, const Catalogue& say, bool dry_run = false);
// The same for a program.
nlohmann::ordered_json result_json(const Parcel& parcel, const Catalogue& say);

}  // namespace siyu
