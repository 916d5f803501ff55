// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <map>

#include "core/app/commands.hpp"
#include "core/base/embedded.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view scaffold = "core/app/scaffold/";
// The contract that the project's files are written for.
constexpr const char* sdk = "1.1";

void check_name(const std::string& name) {
    constexpr std::size_t longest = 40;
    const bool good = !name.empty() && name.size() <= longest && name[0] >= 'a' && name[0] <= 'z' &&
                      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    if (!good) throw Error(Error::wrong_use, "check.new.bad_name", {{"name", name}});
    for (const fs::path& file : Plugins::files(Workspace::common_plugin_folders()))
        if (file.stem() == name)
            throw Error(Error::wrong_use, "check.new.taken_name", {{"name", name}, {"file", file.string()}});
}

// It stands in comments of C++ and in Markdown.
void check_brand(const std::string& brand) {
    constexpr std::size_t longest = 100;
    const bool good = brand.size() <= longest && std::none_of(brand.begin(), brand.end(), [](char c) {
                          return static_cast<unsigned char>(c) < ' ' || c == '\x7f' || c == '\\' || c == '@';
                      });
    if (!good) throw Error(Error::wrong_use, "check.new.bad_brand");
}

// `pet_food` is the class PetFoodPlugin, which no name of the SDK is.
std::string class_of(const std::string& name) {
    std::string out;
    bool begins = true;
    for (const char c : name) {
        if (c != '_') out += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = c == '_';
    }
    return out + "Plugin";
}

std::string filled(std::string text, const std::map<std::string, std::string>& words) {
    for (const auto& [word, value] : words)
        for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += value.size())
            text.replace(at, word.size(), value);
    return text;
}

// Where a file of the scaffold goes in the project.
std::string place_of(std::string_view file, const std::string& name) {
    std::string place(file.substr(scaffold.size()));
    if (place == "gitignore.in") return ".gitignore";
    if (place.ends_with(".in")) place.resize(place.size() - 3);
    if (place == "plugin.cpp" || place == "plugin_test.cpp") place.replace(0, std::string_view("plugin").size(), name);
    return place;
}

}  // namespace

int plugin_new(Session& session, const NewPluginOptions& options) {
    const std::string& name = options.name;
    check_name(name);
    check_brand(options.brand);
    const fs::path folder = (options.folder.empty() ? fs::path(".") : fs::path(options.folder)) / name;
    std::error_code error;
    if (fs::exists(fs::symlink_status(folder, error)))
        throw Error(Error::refused, "check.new.folder_there", {{"folder", folder.string()}});

    // Beside it first, then in its place: whole or not at all.
    const fs::path beside = folder.string() + ".part" + std::to_string(::getpid());
    const std::map<std::string, std::string> words{{"@name@", name},
                                                   {"@Class@", class_of(name)},
                                                   {"@brand@", options.brand.empty() ? name : options.brand},
                                                   {"@sdk@", sdk}};
    try {
        for (const auto& [file, text] : embedded_files())
            if (file.starts_with(scaffold)) write_file(beside / place_of(file, name), filled(std::string(text), words));
        fs::rename(beside, folder, error);
        if (error)
            throw Error(Error::unreachable, "app.cannot_write",
                        {{"file", folder.string()}, {"words", error.message()}});
    } catch (...) {
        fs::remove_all(beside, error);
        throw;
    }
    session.tell("check.new.made", {{"folder", folder.lexically_normal().string()}});
    return 0;
}

}  // namespace siyu
