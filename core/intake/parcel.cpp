// SPDX-License-Identifier: Apache-2.0
#include "core/intake/parcel.hpp"

#include <algorithm>

#include "core/store/retry.hpp"

namespace siyu {

namespace {

// The parcels of the same file.
std::span<Parcel> file_of(std::span<Parcel> parcels, std::size_t at) {
    std::size_t first = at, last = at + 1;
    while (first > 0 && parcels[first - 1].file == parcels[at].file) --first;
    while (last < parcels.size() && parcels[last].file == parcels[at].file) ++last;
    return parcels.subspan(first, last - first);
}

}  // namespace

void refuse_together(std::span<Parcel> parcels) {
    const auto refused = std::ranges::find_if(parcels, [](const Parcel& parcel) { return parcel.refused.has_value(); });
    if (refused == parcels.end()) return;
    for (Parcel& parcel : parcels)
        if (!parcel.refused)
            parcel.refused = Error(Error::refused, "import.with_its_file",
                                   {{"table", parcel.order.file}, {"refused", refused->order.file}});
}

void take_in(Database& database, std::span<Parcel> parcels) {
    if (parcels.empty()) return;
    std::size_t at = 0;
    std::optional<Error> broken;
    try {
        repeating([&] {
            Import import(database);
            for (at = 0; at < parcels.size(); ++at) {
                Parcel& parcel = parcels[at];
                if (parcel.refused) continue;
                parcel.order.first_try = !std::exchange(parcel.tried, true);
                if (!parcel.order.first_try) parcel.source = parcel.open();
                parcel.result = import.take(*parcel.source, parcel.order, parcel.zone);
            }
            import.commit();
        });
    } catch (const Error& error) {
        broken = error;
    }
    if (!broken) return;
    for (Parcel& parcel : parcels) parcel.result.reset();  // nothing of any of them stands
    const std::int64_t tenant = parcels.front().order.tenant;
    const auto others = std::find_if(parcels.begin(), parcels.end(),
                                     [&](const Parcel& parcel) { return parcel.order.tenant != tenant; });
    if (broken->code() != Error::unreachable && at < parcels.size()) {
        // Those before it are good; those behind it have not been looked at.
        const auto file = file_of(parcels, at);
        const std::size_t first = file.data() - parcels.data(), last = first + file.size();
        take_in(database, parcels.first(first));
        parcels[at].refused = broken;
        refuse_together(file);
        take_in(database, parcels.subspan(last));
    } else if (others != parcels.end()) {
        // What is wrong in the store may be wrong for one tenant only.
        const auto first = static_cast<std::size_t>(others - parcels.begin());
        take_in(database, parcels.first(first));
        take_in(database, parcels.subspan(first));
    } else {
        for (Parcel& parcel : parcels)
            if (!parcel.refused) parcel.refused = broken;
    }
}

}  // namespace siyu
