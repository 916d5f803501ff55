// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/catalogue.hpp"
#include "core/facts/fact.hpp"

// How commands call what was taken in.
namespace siyu {

inline constexpr const char* agency_zone = "Asia/Shanghai";
inline constexpr const char* agency_name = "agency";

// `aurora:12`, `agency:3`: a batch of a tenant or of the agency.
inline std::string batch_name(const std::string& owner, std::int64_t number) {
    return owner + ":" + std::to_string(number);
}

inline std::string fact_title(Fact fact, const Catalogue& say) {
    return std::string(say.language() == Language::zh ? kind_of(fact).title : kind_of(fact).name);
}

}  // namespace siyu
