// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/delivery/publication.hpp"

namespace siyu {

// What a link in a mail is for: it says who may do what, without a login, and nothing else.
struct Link {
    // What a page tells is fixed when the link is sent, not by what its reader is to the brand later: `page` is the
    // brand's, `inside` the agency's.
    enum class Purpose { unsubscribe, page, answer, inside };

    Purpose purpose = Purpose::unsubscribe;
    std::int64_t tenant = 0, recipient = 0;
    std::optional<PublicationKey> about = {};  // of a report
    std::int64_t until = 0;                    // seconds since 1970 UTC; 0: for good

    // As people name it: whoever used an answer's link is known by this.
    std::string name() const;
};

// Signs links with a key that is the agency's alone (HMAC-SHA256, RFC 2104), so that nobody can make one up.
class LinkSigner {
  public:
    explicit LinkSigner(std::string key) : key_(std::move(key)) {}

    // The path after the console's URL: `/u/3.7.k5…`, below 100 characters.
    std::string path(const Link& link) const;
    // Nothing for what was not signed here, and for what is over.
    std::optional<Link> read(std::string_view path, std::int64_t now) const;

  private:
    std::string sign(std::string_view text) const;

    std::string key_;
};

}  // namespace siyu
