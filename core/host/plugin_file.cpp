// SPDX-License-Identifier: Apache-2.0
#include "core/host/plugin_file.hpp"

#include <Poco/SHA2Engine.h>

#include <boost/dll/shared_library.hpp>
#include <cerrno>
#include <cstring>
#include <deque>
#include <fstream>
#include <map>
#include <mutex>

#include "core/base/error.hpp"
#include "core/host/wire.hpp"

namespace siyu {

namespace {

using boost::dll::shared_library;

// What the dynamic loader said, out of the middle of Boost's sentence.
std::string loader_words(const std::string& what, const std::string& file) {
    std::string words = what;
    const std::string_view before = "message: ";
    if (const auto begin = words.find(before); begin != std::string::npos) {
        words.erase(0, begin + before.size());
        words.resize(std::min(words.size(), words.rfind("): ")));
    }
    if (words.starts_with(file + ": ")) words.erase(0, file.size() + 2);
    return words;
}

[[noreturn]] void refuse_unloadable(const std::string& words, const std::string& file) {
    const std::string_view symbol = "undefined symbol: ", missing = ": cannot open shared object file";
    if (const auto at = words.find(symbol); at != std::string::npos) {
        const std::string name = words.substr(at + symbol.size());
        throw Error(Error::refused, "plugin.undefined_symbol",
                    {{"file", file}, {"symbol", name.substr(0, name.find_first_of(" ,\t"))}});
    }
    if (const auto at = words.find(missing); at != std::string::npos)
        throw Error(Error::refused, "plugin.missing_library", {{"file", file}, {"library", words.substr(0, at)}});
    throw Error(Error::refused, "plugin.cannot_load", {{"file", file}, {"reason", words}});
}

// Every library that was ever loaded. Never emptied: code of a plugin may run until the program's last line.
const shared_library& loaded(const std::filesystem::path& file) {
    static std::mutex mutex;
    static auto& libraries = *new std::map<std::filesystem::path, std::deque<shared_library>>;
    using boost::dll::load_mode::rtld_local, boost::dll::load_mode::rtld_now;
    const std::lock_guard lock(mutex);
    try {
        shared_library library(file, rtld_now | rtld_local);
        auto& same_path = libraries[file];  // a plugin that was replaced on disk since is another library
        for (const shared_library& known : same_path)
            if (known == library) return known;
        return same_path.emplace_back(std::move(library));
    } catch (const boost::dll::fs::system_error& error) {
        refuse_unloadable(loader_words(error.what(), file.string()), file.string());
    }
}

// The newest other contract that the file speaks; empty where it speaks none.
std::string other_contract(const shared_library& library) {
    for (int major = 9; major >= 2; --major)
        if (std::string symbol = "siyu_plugin_v" + std::to_string(major); library.has(symbol)) return symbol;
    return {};
}

}  // namespace

PluginFile open_plugin(const std::filesystem::path& file) {
    const auto refuse = [&file](const char* id, std::vector<std::pair<std::string, std::string>> with = {}) {
        with.emplace_back("file", file.string());
        throw Error(Error::refused, id, std::move(with));
    };
    check_plugin_file(file);
    const shared_library& library = loaded(file);
    if (!library.has("siyu_plugin_v1")) {
        if (const std::string other = other_contract(library); !other.empty())
            refuse("plugin.other_contract", {{"symbol", other}});
        refuse("plugin.no_symbol");
    }
    const siyu_plugin& constant = library.get<const siyu_plugin>("siyu_plugin_v1");
    const std::optional<siyu_plugin> entries = taken(&constant);
    if (!entries) refuse("plugin.bad_size", {{"size", std::to_string(constant.size)}});
    const std::optional<std::string> id = taken(entries->id, 128), version = taken(entries->version, 32);
    if (!id || !is_plugin_id(*id)) refuse("plugin.bad_id");
    if (entries->minor > SIYU_CONTRACT_MINOR)
        refuse("plugin.too_new", {{"plugin", *id},
                                  {"needed", std::to_string(entries->minor)},
                                  {"offered", std::to_string(SIYU_CONTRACT_MINOR)}});
    if (!version || !is_version(*version)) refuse("plugin.bad_version", {{"plugin", *id}});
    for (const auto& [name, there] : {std::pair{"create", entries->create != nullptr},
                                      {"declare", entries->declare != nullptr},
                                      {"destroy", entries->destroy != nullptr}})
        if (!there) refuse("plugin.no_entry", {{"plugin", *id}, {"entry", name}});
    const std::string stem = file.stem().string();
    if (stem != last_word(*id) && stem != std::string(last_word(*id)) + "@" + *version)
        refuse("plugin.other_id", {{"inside", *id}, {"name", std::string(last_word(*id)) + ".so"}});
    return {file, *id, *version, *entries};
}

std::string sha256_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
    std::vector<char> piece(std::size_t{1} << 16);
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
        engine.update(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (in.bad() || !in.eof())
        throw Error(Error::refused, "plugin.unreadable", {{"file", file.string()}, {"reason", std::strerror(errno)}});
    return Poco::DigestEngine::digestToHex(engine.digest());
}

}  // namespace siyu
