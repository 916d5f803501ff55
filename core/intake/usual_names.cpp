// SPDX-License-Identifier: Apache-2.0
#include "core/intake/usual_names.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/affix.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

// What tables kept by hand call columns of the facts, in no particular source. Of one fact, or of all.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> usual_names{{
    {"touches.touches", "展现量|展现数|展现|曝光量|曝光数|曝光|展示量|展示数"},
    {"touches.cost", "消耗|消费|投放金额|费用"},
    {"joins.joined_at", "添加时间|加好友时间|入群时间|进群时间"},
    {"leaves.left_at", "删除时间|退群时间"},
    {"surveys.score", "满意度|打分|得分"},
    {"orders.order_id", "单号|订单编号|订单ID|流水号"},
    {"orders.paid_at", "支付时间|成交时间|交易时间"},
    {"orders.amount", "实收金额|实收|实付金额|实付|支付金额|付款金额|成交金额|订单金额"},
    {"orders.refunded", "退款额|已退款金额|已退金额|退款"},
    {"refunds.order_id", "单号|订单编号|订单ID"},
    {"refunds.at", "退款时间"},
    {"refunds.amount", "退款金额|退款额|实退金额"},
    {"brand_sales.gmv", "销售额|成交金额|GMV"},
    {"store_sales.gmv", "销售额|成交金额|GMV"},
    {"customer_id", "external_userid|客户编号|会员ID|会员号|会员编号"},
    {"guide_id", "导购|导购员|导购编号|工号"},
    {"channel", "来源渠道|投放渠道"},
}};

// 万元 and the like are no such units: they change the value.
std::string without_unit(std::string_view title) {
    const std::string name = folded(title);
    std::string_view bare = name;
    for (const std::string_view unit : {"(元)", "(人)", "(次)"})
        if (take_back(bare, unit)) break;
    return std::string(strip(bare));
}

}  // namespace

std::string column_for(const FactKind& kind, std::size_t column, const HeaderNames& names, const Profiles& profiles) {
    std::vector<std::string> bare_titles;
    for (const std::string& title : names.titles()) bare_titles.push_back(without_unit(title));
    const HeaderNames bare_names(bare_titles);
    const auto found = [&](std::string_view name) {
        int at = names.find(name);
        if (at < 0) at = bare_names.find(name);
        return at >= 0 ? names.titles()[static_cast<std::size_t>(at)] : std::string();
    };
    const Column& wanted = kind.columns[column];
    for (const std::string_view name : {wanted.name, wanted.alias})
        if (std::string there = found(name); !there.empty()) return there;
    for (const auto& [name, profile] : profiles.all())
        for (const Rule& rule : profile.rules)
            for (const Rule::Origin& origin : rule.origins)
                if (rule.fact == kind.fact && origin.column == static_cast<int>(column) && origin.sum.terms.size() == 1)
                    if (std::string there = found(origin.sum.terms[0].column); !there.empty()) return there;
    const std::string own = std::string(kind.name) + "." + std::string(wanted.name);
    for (const auto& [of, usual] : usual_names)
        if (of == own || of == wanted.name)
            if (std::string there = found(usual); !there.empty()) return there;
    return {};
}

}  // namespace siyu
