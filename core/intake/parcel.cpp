// SPDX-License-Identifier: Apache-2.0
#include "core/intake/parcel.hpp"

#include <algorithm>

#include "core/store/retry.hpp"

namespace siyu {

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
        const auto elsewhere = [&](const Parcel& parcel) { return parcel.file != parcels[at].file; };
        const auto first = static_cast<std::size_t>(
            std::find_if(parcels.rend() - static_cast<std::ptrdiff_t>(at), parcels.rend(), elsewhere).base() -
            parcels.begin());
        const auto last = static_cast<std::size_t>(
            std::find_if(parcels.begin() + static_cast<std::ptrdiff_t>(at), parcels.end(), elsewhere) -
            parcels.begin());
        take_in(database, parcels.first(first));
        for (std::size_t i = first; i < last; ++i)
            parcels[i].refused = i == at
                                     ? *broken
                                     : Error(Error::refused, "import.with_its_file",
                                             {{"table", parcels[i].order.file}, {"refused", parcels[at].order.file}});
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
