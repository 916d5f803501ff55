// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/links.hpp"

#include <Poco/DigestEngine.h>
#include <Poco/HMACEngine.h>
#include <Poco/SHA2Engine.h>

#include <charconv>
#include <vector>

namespace siyu {

namespace {

constexpr std::string_view letters = "urai";

// Poco's HMAC asks an engine for its sizes, which Poco's own SHA-2 does not name.
class Sha256 : public Poco::SHA2Engine {
  public:
    enum { BLOCK_SIZE = 64, DIGEST_SIZE = 32 };
};

std::optional<std::vector<std::int64_t>> numbers(std::string_view text) {
    std::vector<std::int64_t> found;
    while (true) {
        const std::size_t end = text.find('.');
        const std::string_view part = text.substr(0, end);
        std::int64_t value = 0;
        const auto [stop, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        if (error != std::errc{} || stop != part.data() + part.size() || value < 0) return std::nullopt;
        found.push_back(value);
        if (end == std::string_view::npos) return found;
        text.remove_prefix(end + 1);
    }
}

// However much of it is right, it takes as long.
bool same(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned char differs = 0;
    for (std::size_t i = 0; i < a.size(); ++i) differs |= static_cast<unsigned char>(a[i] ^ b[i]);
    return differs == 0;
}

}  // namespace

std::string Link::name() const {
    std::string text = std::string(1, letters[static_cast<std::size_t>(purpose)]) + "/" + std::to_string(tenant) + "." +
                       std::to_string(recipient);
    if (about)
        text += "." + std::to_string(static_cast<int>(about->rhythm)) + "." + std::to_string(about->last.number) + "." +
                std::to_string(about->edition) + "." + std::to_string(until);
    return text;
}

std::string LinkSigner::sign(std::string_view text) const {
    Poco::HMACEngine<Sha256> hmac(key_);
    hmac.update(text.data(), text.size());
    return Poco::DigestEngine::digestToHex(hmac.digest()).substr(0, 40);
}

std::string LinkSigner::path(const Link& link) const { return "/" + link.name() + "." + sign(link.name()); }

std::optional<Link> LinkSigner::read(std::string_view path, std::int64_t now) const {
    const std::size_t dot = path.rfind('.');
    if (path.size() < 4 || path[0] != '/' || path[2] != '/' || dot == std::string_view::npos) return std::nullopt;
    const std::string_view name = path.substr(1, dot - 1);
    const std::size_t purpose = letters.find(path[1]);
    if (purpose == std::string_view::npos || !same(sign(name), path.substr(dot + 1))) return std::nullopt;
    const auto parts = numbers(name.substr(2));
    if (!parts || parts->size() != (purpose == 0 ? 2U : 6U)) return std::nullopt;
    Link link{static_cast<Link::Purpose>(purpose), (*parts)[0], (*parts)[1]};
    if (purpose == 0) return link;
    link.about = PublicationKey{link.tenant, static_cast<Rhythm>((*parts)[2]),
                                Day{static_cast<std::int32_t>((*parts)[3])}, (*parts)[4]};
    link.until = (*parts)[5];
    return link.until == 0 || now <= link.until ? std::optional(link) : std::nullopt;
}

}  // namespace siyu
