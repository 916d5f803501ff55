// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/intake/import.hpp"

namespace siyu {

// A table on its way into the store, and what came of it. Tables of one file stand one behind the other.
struct Parcel {
    std::filesystem::path file;
    std::string owner;  // whose it is, as a person says it
    Zone zone;
    ImportOrder order = {};
    std::function<std::unique_ptr<FactSource>()> open = {};
    std::unique_ptr<FactSource> source = {};  // at its first row until it is taken in
    std::vector<Note> notes = {};             // what was found out when it was opened
    bool tried = false;
    // One of the two once it was taken in; that it was refused may also be known before.
    std::optional<ImportResult> result = {};
    std::optional<Error> refused = {};
};

// Of parcels of one file of which one is refused none is taken.
void refuse_together(std::span<Parcel> parcels);

// Takes the files in, each with all its tables or not at all, in one transaction if it can be: to be sure of the disk
// takes longer than to take a small file in. What comes of one file is nothing to the others; only what the store
// itself refuses concerns all those of a tenant. What is said to be taken in is in the store.
void take_in(Database& database, std::span<Parcel> parcels);

}  // namespace siyu
