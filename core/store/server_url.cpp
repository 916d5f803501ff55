// SPDX-License-Identifier: Apache-2.0
#include "core/store/server_url.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <optional>

#include "core/base/error.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;

std::optional<int> whole(std::string_view text, int least, int most) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most) return {};
    return number;
}

// Cuts off what stands before the mark, or everything; gives what was cut off.
std::string_view cut(std::string_view& rest, char mark) {
    const std::size_t at = rest.find(mark);
    const std::string_view taken = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
    return taken;
}

// The URL, part by part.
class Reading {
  public:
    explicit Reading(const std::string& url) { read_.text = url; }

    ServerUrl run() {
        std::string_view rest = std::string_view(read_.text).substr(mysql_scheme.size());
        const std::size_t at = rest.find('@');
        if (at == std::string_view::npos) fail();
        if (rest.substr(0, at).find(':') != std::string_view::npos)
            throw Error(Error::wrong_use, "store.password_in_url");
        read_.user = plain(rest.substr(0, at));
        rest.remove_prefix(at + 1);
        std::string_view hosts = cut(rest, '/');
        read_.database = plain(cut(rest, '?'));
        while (!hosts.empty()) host(cut(hosts, ','));
        while (!rest.empty()) option(cut(rest, '&'));
        if (read_.user.empty() || read_.database.empty() || (read_.hosts.empty() && read_.socket.empty())) fail();
        return std::move(read_);
    }

  private:
    // Without the URL: a password may stand in it all the same.
    [[noreturn]] static void fail() { throw Error(Error::wrong_use, "store.bad_url"); }

    static std::string plain(std::string_view text) {
        std::string found;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '%') {
                found += text[i];
                continue;
            }
            unsigned byte = 0;
            const char *first = text.data() + i + 1, *last = first + 2;
            if (i + 2 >= text.size() || std::from_chars(first, last, byte, 16).ptr != last || byte == 0) fail();
            found += static_cast<char>(byte);
            i += 2;
        }
        return found;
    }

    void host(std::string_view text) {
        ServerUrl::Host host;
        // The colons of [::1] are no port's.
        const std::size_t colon = text.find(':', text.starts_with('[') ? std::min(text.find(']'), text.size()) : 0);
        host.name = plain(text.substr(0, colon));
        if (colon != std::string_view::npos) {
            const auto port = whole(text.substr(colon + 1), 1, 65535);
            if (!port) fail();
            host.port = *port;
        }
        if (host.name.empty()) fail();
        read_.hosts.push_back(std::move(host));
    }

    void option(std::string_view text) {
        const std::string name(cut(text, '='));
        const auto seconds = whole(text, 1, 86'400);
        if (name == "ca" && !text.empty())
            read_.ca = plain(text);
        else if (name == "socket" && !text.empty())
            read_.socket = plain(text);
        else if (name == "timeout" && seconds)
            read_.timeout_s = *seconds;
        else if (name == "password" || name == "passwd")
            throw Error(Error::wrong_use, "store.password_in_url");
        else
            throw Error(Error::wrong_use, "store.bad_option", {{"option", name}});
    }

    ServerUrl read_;
};

}  // namespace

ServerUrl ServerUrl::read(const std::string& url) { return Reading(url).run(); }

std::string store_password(const fs::path& workspace) {
    if (const char* said = std::getenv("SIYU_STORE_PASSWORD")) return said;
    const fs::path file = workspace / "store.password";
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (status.type() == fs::file_type::not_found) return {};
    const auto others = fs::perms::group_all | fs::perms::others_all;
    if (fs::exists(status) && (status.permissions() & others) != fs::perms::none)
        throw Error(Error::refused, "store.password_open", {{"file", file.string()}});
    std::ifstream stream(file, std::ios::binary);
    std::string password;
    if (!std::getline(stream, password) && !stream.eof())
        throw Error(Error::unreachable, "store.password_unreadable", {{"file", file.string()}});
    if (password.ends_with('\r')) password.pop_back();
    return password;
}

}  // namespace siyu
