// SPDX-License-Identifier: Apache-2.0
#include "core/facts/fact.hpp"

#include <algorithm>
#include <array>

namespace siyu {

namespace {

constexpr std::array<std::string_view, 3> action_kinds{"moment", "private_chat", "group_message"};
constexpr std::array<std::string_view, 6> paths{"self", "guide", "pickup", "live", "flash", "shop"};
constexpr std::array<std::string_view, 4> statuses{"active", "rotating", "standby", "candidate"};
constexpr std::array<std::string_view, 2> tiers{"premium", "regular"};
constexpr std::array<std::string_view, 3> guide_types{"general", "category", "brand"};
constexpr std::array<std::string_view, 2> prices{"full", "discount"};

constexpr bool needed = true, optional = false;

Column customer(bool is_needed) { return {"customer_id", "客户ID", Type::id, is_needed, Space::customer}; }
Column guide(bool is_needed) { return {"guide_id", "导购ID", Type::id, is_needed, Space::word}; }
Column store() { return {"store_id", "门店ID", Type::id, needed, Space::word}; }
Column agent() { return {"agent_id", "代理ID", Type::id, needed, Space::word}; }
Column group(bool is_needed) { return {"group_id", "群ID", Type::id, is_needed, Space::word}; }
// Also where the header must name it, an empty cell is the unknown channel.
Column channel(bool is_needed) { return {"channel", "渠道", Type::text, is_needed, Space::word, {}, true}; }
Column date() { return {"date", "日期", Type::date, needed}; }
Column month() { return {"month", "月份", Type::month, needed}; }
Column at() { return {"at", "时间", Type::instant, needed}; }
Column from() { return {"from", "起始", Type::date, optional}; }
Column to() { return {"to", "截止", Type::date, optional}; }

std::vector<FactKind> all_kinds() {
    std::vector<FactKind> kinds;
    const auto add = [&kinds](Fact fact, std::string_view name, std::string_view title, bool agency,
                              std::string_view when, std::vector<Column> columns,
                              const std::vector<std::string_view>& key) {
        FactKind kind{fact, name, title, agency, -1, std::move(columns), {}};
        if (!when.empty()) kind.when = kind.column(when);
        for (const auto column : key) kind.key.push_back(kind.column(column));
        kinds.push_back(std::move(kind));
    };
    const auto word = [](std::string_view name, std::string_view alias, std::span<const std::string_view> words,
                         bool is_needed) { return Column{name, alias, Type::word, is_needed, Space::word, words}; };

    add(Fact::touches, "touches", "触达", false, "date",
        {date(),
         channel(needed),
         {"touches", "触达数", Type::count, needed},
         {"cost", "花费", Type::money, needed},
         {"campaign", "活动", Type::text, optional, Space::word}},
        {"date", "channel", "campaign"});
    add(Fact::joins, "joins", "加粉", false, "joined_at",
        {{"joined_at", "加粉时间", Type::instant, needed},
         customer(needed),
         guide(optional),
         group(optional),
         channel(optional),
         {"inviter_id", "邀请人ID", Type::id, optional, Space::word},
         {"post_id", "笔记ID", Type::id, optional, Space::word}},
        {"joined_at", "customer_id", "guide_id", "group_id"});
    add(Fact::leaves, "leaves", "流失", false, "left_at",
        {{"left_at", "流失时间", Type::instant, needed}, customer(needed), guide(optional), group(optional)},
        {"left_at", "customer_id", "guide_id", "group_id"});
    add(Fact::interactions, "interactions", "互动", false, "at",
        {at(),
         customer(needed),
         {"kind", "类型", Type::kind, needed, Space::word},
         guide(optional),
         group(optional),
         {"campaign", "活动", Type::text, optional, Space::word}},
        {"at", "customer_id", "kind", "guide_id", "group_id", "campaign"});
    add(Fact::guide_actions, "guide_actions", "导购动作", false, "at",
        {at(),
         guide(needed),
         word("kind", "类型", action_kinds, needed),
         {"target", "对象", Type::id, optional, Space::word},
         {"count", "次数", Type::count, optional}},
        {"at", "guide_id", "kind", "target"});
    add(Fact::tickets, "tickets", "服务问题", false, "opened_at",
        {{"ticket_id", "工单号", Type::id, needed, Space::ticket},
         {"opened_at", "提问时间", Type::instant, needed},
         {"first_response_at", "首次响应时间", Type::instant, optional},
         {"resolved_at", "解决时间", Type::instant, optional},
         customer(optional),
         guide(optional)},
        {"ticket_id"});
    add(Fact::surveys, "surveys", "满意度", false, "at",
        {at(),
         {"score", "评分", Type::number, needed, Space::word},
         {"response_id", "答卷ID", Type::id, optional, Space::answer},
         customer(optional),
         guide(optional)},
        {"response_id"});
    add(Fact::orders, "orders", "订单", false, "paid_at",
        {{"order_id", "订单号", Type::id, needed, Space::order},
         {"paid_at", "付款时间", Type::instant, needed},
         {"amount", "金额", Type::money, needed},
         customer(optional),
         guide(optional),
         channel(optional),
         word("path", "成交路径", paths, optional),
         {"category", "类目", Type::text, optional, Space::word},
         {"refunded", "退款金额", Type::money, optional},
         {"refunded_at", "退款时间", Type::instant, optional},
         word("pricing", "价格类型", prices, optional)},
        {"order_id"});
    add(Fact::refunds, "refunds", "退款", false, "at",
        {{"refund_id", "退款单号", Type::id, needed, Space::refund},
         {"order_id", "订单号", Type::id, needed, Space::order},
         at(),
         {"amount", "金额", Type::money, needed}},
        {"refund_id"});
    add(Fact::posts, "posts", "KOC 分发", false, "posted_at",
        {{"post_id", "笔记ID", Type::id, needed, Space::post},
         {"posted_at", "发布时间", Type::instant, needed},
         {"koc_id", "KOC_ID", Type::id, needed, Space::word},
         {"platform", "平台", Type::text, needed, Space::word},
         {"url", "链接", Type::text, optional, Space::word}},
        {"post_id"});
    add(Fact::kocs, "kocs", "KOC 名册", false, "",
        {{"koc_id", "KOC_ID", Type::id, needed, Space::word},
         customer(optional),
         {"name", "姓名", Type::text, optional, Space::word},
         word("status", "状态", statuses, needed),
         {"since", "起始", Type::date, needed}},
        {"koc_id"});
    add(Fact::groups, "groups", "社群", false, "",
        {group(needed),
         {"name", "群名", Type::text, optional, Space::word},
         word("tier", "群等级", tiers, needed),
         {"koc_id", "KOC_ID", Type::id, optional, Space::word},
         guide(optional),
         {"opened_on", "建群日期", Type::date, optional}},
        {"group_id"});
    add(Fact::guide_days, "guide_days", "联系客户统计", false, "date",
        {date(),
         guide(needed),
         {"chats", "聊天数", Type::count, needed},
         {"messages", "消息数", Type::count, needed},
         {"reply_percentage", "回复占比", Type::number, optional, Space::word},
         {"avg_reply_minutes", "平均首响分钟", Type::number, optional, Space::word},
         {"negative_feedback", "拉黑删除数", Type::count, optional},
         {"new_applies", "申请数", Type::count, optional},
         {"new_contacts", "新增客户数", Type::count, optional}},
        {"date", "guide_id"});
    add(Fact::group_days, "group_days", "群聊统计", false, "date",
        {date(),
         group(needed),
         {"members", "群成员数", Type::count, needed},
         {"new_members", "新增成员数", Type::count, optional},
         {"active_members", "活跃成员数", Type::count, optional},
         {"messages", "消息数", Type::count, optional}},
        {"date", "group_id"});
    add(Fact::brand_sales, "brand_sales", "品牌大盘", false, "date",
        {date(), channel(needed), {"gmv", "成交额", Type::money, needed}}, {"date", "channel"});
    add(Fact::commitments, "commitments", "甲方承诺", false, "",
        {month(),
         {"resource", "资源", Type::text, needed, Space::word},
         {"promised", "承诺", Type::number, needed, Space::word},
         {"delivered", "到位", Type::text, optional, Space::word},
         channel(optional)},
        {"month", "resource", "channel"});
    add(Fact::forecast, "forecast", "预测表", false, "",
        {month(),
         {"kpi", "指标", Type::id, needed, Space::word},
         {"forecast", "预测", Type::number, needed, Space::word},
         {"normal", "正常线", Type::number, optional, Space::word},
         {"good", "优良线", Type::number, optional, Space::word},
         {"excess", "超额线", Type::number, optional, Space::word}},
        {"month", "kpi"});
    add(Fact::guides, "guides", "导购名册", true, "",
        {guide(needed),
         {"name", "姓名", Type::text, needed, Space::word},
         word("type", "类型", guide_types, needed),
         {"monthly_cost", "月成本", Type::money, needed},
         from(),
         to()},
        {"guide_id", "from"});
    add(Fact::allocations, "allocations", "导购分配", true, "",
        {guide(needed),
         {"tenant", "租户", Type::id, needed, Space::word},
         {"share", "占比", Type::number, needed, Space::word},
         from(),
         to()},
        {"guide_id", "tenant", "from"});
    add(Fact::stores, "stores", "门店", false, "",
        {store(),
         {"name", "门店名", Type::text, optional, Space::word},
         {"region", "大区", Type::text, optional, Space::word},
         {"opened_on", "开店日期", Type::date, optional}},
        {"store_id"});
    add(Fact::store_guides, "store_guides", "门店导购", false, "",
        {store(), guide(needed), {"name", "姓名", Type::text, optional, Space::word}, from(), to()},
        {"guide_id", "from"});
    add(Fact::store_sales, "store_sales", "门店大盘", false, "date",
        {date(), store(), {"gmv", "成交额", Type::money, needed}}, {"date", "store_id"});
    add(Fact::memberships, "memberships", "会员", false, "",
        {customer(needed),
         {"plan", "会员档位", Type::text, needed, Space::word},
         {"from", "起始", Type::date, needed},
         to(),
         {"price", "会员费", Type::money, optional}},
        {"customer_id", "from"});
    add(Fact::agents, "agents", "代理名册", false, "",
        {agent(),
         customer(optional),
         {"name", "姓名", Type::text, optional, Space::word},
         {"level", "代理级别", Type::text, needed, Space::word},
         {"since", "加入日期", Type::date, needed},
         to(),
         {"upline_id", "上级代理ID", Type::id, optional, Space::word}},
        {"agent_id"});
    add(Fact::agent_stock, "agent_stock", "代理进销", false, "date",
        {date(),
         agent(),
         {"stocked", "进货数", Type::count, needed},
         {"sold", "动销数", Type::count, needed},
         {"on_hand", "库存数", Type::count, optional}},
        {"date", "agent_id"});
    return kinds;
}

const std::vector<FactKind>& kinds() {
    static const std::vector<FactKind> all = all_kinds();
    return all;
}

}  // namespace

bool FactKind::moves() const { return when >= 0 && std::find(key.begin(), key.end(), when) == key.end(); }

int FactKind::column(std::string_view wanted) const {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].name == wanted || columns[i].alias == wanted) return static_cast<int>(i);
    return -1;
}

const FactKind& kind_of(Fact fact) { return kinds()[static_cast<std::size_t>(fact)]; }

std::span<const FactKind> fact_kinds() { return kinds(); }

std::optional<Fact> parse_fact(std::string_view name) {
    for (const FactKind& kind : kinds())
        if (kind.name == name || kind.title == name) return kind.fact;
    return std::nullopt;
}

}  // namespace siyu
