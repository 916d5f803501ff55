// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/intake/parcel.hpp"
#include "core/intake/preview.hpp"

namespace siyu {

// Finds out what would come of the parcels, each after those before it, and leaves the store as it was.
void look_in(Database& database, std::span<Parcel> parcels);

// What `siyu import --dry-run` shows of a table that would be taken in.
class ImportPreview {
  public:
    // Of a parcel that was looked in and not refused; reads it once more.
    explicit ImportPreview(const Parcel& parcel);

    std::string text(const Catalogue& say) const;
    nlohmann::ordered_json json(const Catalogue& say) const;

  private:
    const Parcel& parcel_;
    std::vector<Preview> facts_;
};

}  // namespace siyu
