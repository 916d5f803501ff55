// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/delivery/link_pages.hpp"
#include "tests/delivery/office.hpp"

namespace siyu {

// The links of the first report that was sent, and whoever follows them.
class Links : public Office {
  protected:
    void SetUp() override {
        Office::SetUp();
        settle_at("2026-11-20 09:00");
        post();
        settle();
    }
    Link to(Link::Purpose purpose) const {
        if (purpose == Link::Purpose::unsubscribe) return {purpose, tenant.number, reader.number, std::nullopt, 0};
        return {purpose, tenant.number, reader.number, daily("2026-11-19"), clock.now + 86'400};
    }
    WebAnswer ask(const std::string& method, const std::string& path, std::map<std::string, std::string> form = {}) {
        LinkPages pages(database(), signer, {"agency.example"},
                        [this](const Tenant&, const std::string& about, const Note& what) {
                            told.emplace_back(about, what.id);
                            notes.push_back(what);
                        });
        return pages.answer({method, path, {}, std::move(form)}, clock.now);
    }
    bool unsubscribed() { return People(database(), tenant.number).find(reader.number)->unsubscribed_at > 0; }

    const LinkSigner signer{"0123456789abcdef0123456789abcdef"};
    std::vector<Note> notes;
};

}  // namespace siyu
