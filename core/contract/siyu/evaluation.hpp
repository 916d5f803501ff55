// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "day.hpp"
#include "number.hpp"

// What a plugin sees while the host computes.
namespace siyu {
inline namespace contract_v1 {

enum class Unit : std::uint32_t { count, ratio, money, multiple };

namespace detail {

inline siyu_text text(std::string_view view) { return {view.data(), view.size()}; }
inline std::string string(siyu_text text) { return text.length ? std::string(text.data, text.length) : std::string(); }
inline siyu_fraction fraction(const Fraction& value) { return {value.num, value.den}; }

// A figure that is not there passes through the author's code as this.
struct Gap {
    siyu_status status;
};

// Runs what may throw; nothing leaves.
template <class Run>
siyu_status guarded(const siyu_host* host, siyu_context* context, Run run) noexcept {
    const auto fail = [&](siyu_status status, const char* words) {
        host->fail(context, status, text(words));
        return status;
    };
    try {
        run();
        return SIYU_OK;
    } catch (const Gap& gap) {
        return gap.status;
    } catch (const Failure& failure) {
        return fail(failure.status(), failure.what());
    } catch (const std::exception& error) {
        return fail(SIYU_FAILED, error.what());
    } catch (...) {
        return fail(SIYU_FAILED, "an exception that is no std::exception");
    }
}

}  // namespace detail

// A measure that was declared, for callbacks to ask for.
class Asked {
  public:
    explicit Asked(siyu_measure handle) : handle_(handle) {}
    siyu_measure handle() const { return handle_; }

  private:
    siyu_measure handle_;
};

// The part of a measure that one value of a column has; "" is the unknown one.
struct Part {
    std::string value;
    std::optional<Fraction> figure;
};

// A row of a roster: its cells by the columns that were asked for.
class RosterRow {
  public:
    using Columns = std::vector<std::string>;
    RosterRow(std::shared_ptr<const Columns> columns, std::vector<std::string> cells)
        : columns_(std::move(columns)), cells_(std::move(cells)) {}

    // "" where the cell is empty. Throws Failure for a column that was not asked for.
    const std::string& operator[](std::string_view column) const {
        const auto found = std::find(columns_->begin(), columns_->end(), column);
        if (found == columns_->end())
            throw Failure(SIYU_FAILED, "the roster was not asked for its column " + std::string(column));
        return cells_.at(static_cast<std::size_t>(found - columns_->begin()));
    }
    // By the place of the column among those asked for.
    const std::string& operator[](std::size_t place) const { return cells_.at(place); }
    // A date; nothing where the cell is empty or no date.
    std::optional<std::int32_t> day(std::string_view column) const { return parse_day((*this)[column]); }
    // Digits, money in fen; nothing where the cell is empty or no whole number of 64 bits.
    std::optional<std::int64_t> whole(std::string_view column) const {
        const std::string& cell = (*this)[column];
        std::int64_t value = 0;
        for (const char c : cell) {
            if (c < '0' || c > '9' || value > (std::numeric_limits<std::int64_t>::max() - (c - '0')) / 10)
                return std::nullopt;
            value = value * 10 + (c - '0');
        }
        return cell.empty() ? std::nullopt : std::optional(value);
    }

  private:
    std::shared_ptr<const Columns> columns_;
    std::vector<std::string> cells_;
};

// What a callback may ask while the host computes; good until the callback returns.
class Evaluation {
  public:
    Evaluation(const siyu_host* host, siyu_context* context) : host_(host), context_(context) {}

    // The measure in the period being computed; nothing where it has no value. Where the data are still missing the
    // callback ends here and its KPI is not ready either.
    std::optional<Fraction> operator()(Asked measure) const {
        siyu_fraction out{0, 1};
        return figure(host_->value(context_, measure.handle(), &out), out);
    }
    // The same over a run of days that does not end after the period (contract 1.1).
    std::optional<Fraction> over(Asked measure, std::int32_t first, std::int32_t last) const {
        detail::need(host_, 1);
        siyu_fraction out{0, 1};
        return figure(host_->value_over(context_, measure.handle(), first, last, &out), out);
    }
    // The measure by the values of a column of its facts, or of one looked up: `guide_id`, `guide_id.store_id`. In the
    // order of the values, those alone that have a row (contract 1.1; docs: plugins, Dividing).
    std::vector<Part> split(Asked measure, std::string_view column, std::int32_t first, std::int32_t last) const {
        detail::need(host_, 1);
        const siyu_part* parts = nullptr;
        std::uint64_t count = 0;
        check(host_->split(context_, measure.handle(), detail::text(column), first, last, &parts, &count));
        std::vector<Part> out;
        out.reserve(count);
        for (std::uint64_t i = 0; i < count; ++i)
            out.push_back({detail::string(parts[i].value), figure(parts[i].status, parts[i].figure)});
        return out;
    }
    std::vector<Part> split(Asked measure, std::string_view column) const {
        const siyu_period now = period();
        return split(measure, column, now.first, now.last);
    }
    // The rows of a roster that hold on the day, in the order of their key (contract 1.1; docs: plugins, Rosters).
    std::vector<RosterRow> roster(std::string_view name, std::vector<std::string> columns, std::int32_t day) const {
        detail::need(host_, 1);
        std::vector<siyu_text> asked;
        asked.reserve(columns.size());
        for (const std::string& column : columns) asked.push_back(detail::text(column));
        const auto width = static_cast<std::uint32_t>(asked.size());
        const siyu_text* cells = nullptr;
        std::uint64_t count = 0;
        check(host_->roster(context_, detail::text(name), asked.data(), width, day, &cells, &count));
        const auto names = std::make_shared<const RosterRow::Columns>(std::move(columns));
        std::vector<RosterRow> out;
        out.reserve(count);
        for (std::uint64_t row = 0; row < count; ++row) {
            std::vector<std::string> texts;
            texts.reserve(width);
            for (std::uint32_t i = 0; i < width; ++i) texts.push_back(detail::string(cells[row * width + i]));
            out.emplace_back(names, std::move(texts));
        }
        return out;
    }
    // On the period's last day.
    std::vector<RosterRow> roster(std::string_view name, std::vector<std::string> columns) const {
        return roster(name, std::move(columns), period().last);
    }
    siyu_period period() const {
        siyu_period out{};
        out.size = sizeof out;
        check(host_->period(context_, &out));
        return out;
    }
    bool cancelled() const { return host_->cancelled(context_) != 0; }
    void log(std::uint32_t level, std::string_view words) const { host_->log(context_, level, detail::text(words)); }

  private:
    static void check(siyu_status status) {
        if (status != SIYU_OK) throw detail::Gap{status};
    }
    static std::optional<Fraction> figure(siyu_status status, const siyu_fraction& out) {
        if (status == SIYU_NO_VALUE) return std::nullopt;
        check(status);
        return Fraction(out.num, out.den);
    }

    const siyu_host* host_;
    siyu_context* context_;
};

// What stands under one key: a text, or a figure, which the host writes in the reader's language. A figure that is
// nothing has no value and is shown so.
class Cell {
  public:
    Cell(std::string key, std::string text) : key_(std::move(key)), text_(std::move(text)) {}
    Cell(std::string key, std::optional<Fraction> figure, Unit unit)
        : key_(std::move(key)), figure_(figure), unit_(unit), shows_figure_(true) {}

    // Good as long as this is.
    siyu_cell lent() const {
        siyu_cell out{};
        out.key = detail::text(key_), out.text = detail::text(text_);
        out.unit = static_cast<std::uint32_t>(unit_);
        if (figure_) out.figure = detail::fraction(*figure_);
        out.status = shows_figure_ && !figure_ ? SIYU_NO_VALUE : SIYU_OK;
        return out;
    }

  private:
    std::string key_, text_;
    std::optional<Fraction> figure_;
    Unit unit_ = Unit::count;
    bool shows_figure_ = false;
};

// Where a section's fill puts what stands under its keys.
class Texts {
  public:
    Texts(const siyu_host* host, siyu_context* context) : host_(host), context_(context) {}
    void put(std::string_view key, std::string_view text) const {
        check(host_->put_text(context_, detail::text(key), detail::text(text)));
    }
    // A figure, in the unit; nothing has no value (contract 1.1).
    void put(std::string_view key, std::optional<Fraction> figure, Unit unit) const {
        detail::need(host_, 1);
        const Cell cell(std::string(key), figure, unit);
        const siyu_cell lent = cell.lent();
        check(host_->put_figure(context_, &lent));
    }
    // One more row of a list: row("guides", {{"name", "李梅"}, {"gmv", figure, Unit::money}}). A key of the list that
    // is not among the cells is empty in this row (contract 1.1).
    void row(std::string_view list, const std::vector<Cell>& cells) const {
        detail::need(host_, 1);
        std::vector<siyu_cell> lent;
        lent.reserve(cells.size());
        for (const Cell& cell : cells) lent.push_back(cell.lent());
        check(host_->put_row(context_, detail::text(list), lent.data(), static_cast<std::uint32_t>(lent.size())));
    }

  private:
    static void check(siyu_status status) {
        if (status != SIYU_OK) throw detail::Gap{status};
    }

    const siyu_host* host_;
    siyu_context* context_;
};

using Compute = std::function<std::optional<Fraction>(const Evaluation&)>;
using Fill = std::function<void(const Evaluation&, const Texts&)>;

namespace detail {

// What a callback needs when the host comes back; the plugin keeps it until destroy.
struct Callback {
    const siyu_host* host;
    Compute compute;
    Fill fill;

    static siyu_status run_compute(void* data, siyu_context* context, siyu_fraction* out) noexcept {
        const Callback& self = *static_cast<const Callback*>(data);
        return guarded(self.host, context, [&] {
            const std::optional<Fraction> value = self.compute(Evaluation(self.host, context));
            if (!value) throw Gap{SIYU_NO_VALUE};
            *out = fraction(*value);
        });
    }
    static siyu_status run_fill(void* data, siyu_context* context) noexcept {
        const Callback& self = *static_cast<const Callback*>(data);
        return guarded(self.host, context,
                       [&] { self.fill(Evaluation(self.host, context), Texts(self.host, context)); });
    }
};

}  // namespace detail

}  // namespace contract_v1
}  // namespace siyu
