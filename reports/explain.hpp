// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/catalogue.hpp"
#include "core/blueprint/blueprint.hpp"

namespace siyu {

// How a KPI is computed, in words, read off the blueprint itself: 新增客户数（本期加入且期初不是成员） ÷ 触达数.
std::string explain(const Kpi& kpi, const Blueprint& blueprint, const Catalogue& catalogue);

}  // namespace siyu
