// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/delivery/publication.hpp"
#include "core/jobs/queue.hpp"
#include "core/jobs/report_order.hpp"
#include "reports/follow_up.hpp"

namespace siyu {

// Puts together what an edition says: the documents that workers make of the figures, and what people add to them.
class Editor {
  public:
    Editor(Database& database, Queue& queue) : database_(database), queue_(queue) {}

    struct Made {
        std::vector<Content> pages;  // documents as they were rendered, for each audience and language
        std::optional<Note> reason;  // why there are none yet
        bool stands = false;         // and there will be none
    };
    // Asks for them where they are not made of this basis yet.
    Made pages_of(const Publication& publication, const Basis& basis);

    struct Composed {
        std::vector<Content> contents;
        std::size_t corrections = 0;  // figures that the edition before told otherwise
    };
    // `unapproved`: marked so.
    Composed compose(const Publication& publication, const std::vector<Content>& pages, Day today, bool unapproved);

  private:
    std::vector<Confirmation> confirmations(const PublicationKey& key, Language language);

    Database& database_;
    Queue& queue_;
};

}  // namespace siyu
