// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "number.hpp"

// What a plugin sees while the host computes.
namespace siyu {
inline namespace contract_v1 {

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

// What a callback may ask while the host computes; good until the callback returns.
class Evaluation {
  public:
    Evaluation(const siyu_host* host, siyu_context* context) : host_(host), context_(context) {}

    // The measure in the period being computed; nothing where it has no value. Where the data are still missing the
    // callback ends here and its KPI is not ready either.
    std::optional<Fraction> operator()(Asked measure) const {
        siyu_fraction out{0, 1};
        const siyu_status status = host_->value(context_, measure.handle(), &out);
        if (status == SIYU_OK) return Fraction(out.num, out.den);
        if (status == SIYU_NO_VALUE) return std::nullopt;
        throw detail::Gap{status};
    }
    siyu_period period() const {
        siyu_period out{};
        out.size = sizeof out;
        if (const siyu_status status = host_->period(context_, &out); status != SIYU_OK) throw detail::Gap{status};
        return out;
    }
    bool cancelled() const { return host_->cancelled(context_) != 0; }
    void log(std::uint32_t level, std::string_view words) const { host_->log(context_, level, detail::text(words)); }

  private:
    const siyu_host* host_;
    siyu_context* context_;
};

// Where a section's fill puts the texts of its keys.
class Texts {
  public:
    Texts(const siyu_host* host, siyu_context* context) : host_(host), context_(context) {}
    void put(std::string_view key, std::string_view text) const {
        const siyu_status status = host_->put_text(context_, detail::text(key), detail::text(text));
        if (status != SIYU_OK) throw detail::Gap{status};
    }

  private:
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
