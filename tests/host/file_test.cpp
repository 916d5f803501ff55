// SPDX-License-Identifier: Apache-2.0
#include <elf.h>

#include <cstring>

#include "tests/host/fixture.hpp"

// Every file that is no good gets one sentence that says what is wrong and what to do.
namespace siyu {

using testing::HasSubstr;
using testing::StartsWith;

namespace {

// Why `standard` from that folder is refused.
std::string refused_in(const Folder& folder) { return refusal(Plugins({folder.path()}), "standard"); }

std::string patched(std::size_t offset, unsigned char byte) {
    std::string bytes = bytes_of(shipped / "standard.so");
    bytes.at(offset) = static_cast<char>(byte);
    return bytes;
}

}  // namespace

TEST(PluginFile, MissingNamesEveryPlaceTried) {
    const std::string words = refusal(Plugins({"/nowhere/one", "/nowhere/two"}), "com.acme.pets");
    EXPECT_THAT(words, StartsWith("Plugin com.acme.pets was not found"));
    EXPECT_THAT(words, HasSubstr("/nowhere/one/pets.so, /nowhere/two/pets.so"));
}

TEST(PluginFile, AnIdThatIsNoIdIsWrongUse) {
    for (const char* id : {"", "../standard", "Standard", "a..b", "a.", "/etc/passwd"}) {
        try {
            Plugins({shipped}).blueprint(id);
            FAIL() << id;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), Error::wrong_use) << id;
            EXPECT_EQ(error.note().id, "plugin.bad_wish") << id;
        }
    }
}

TEST(PluginFile, TheFirstPlaceThatHasTheFileDecides) {
    const Folder folder;
    folder.write("standard.so", "");
    EXPECT_THAT(refusal(Plugins({folder.path(), shipped}), "standard"), HasSubstr("is empty"));
    EXPECT_EQ(refusal(Plugins({shipped, folder.path()}), "standard"), "");
}

TEST(PluginFile, EmptyTextAndFolderAreRefused) {
    const Folder folder;
    folder.write("standard.so", "");
    EXPECT_THAT(refused_in(folder), HasSubstr("is empty. Install the plugin again."));
    folder.write("standard.so", "not a library, just a letter");
    EXPECT_THAT(refused_in(folder), HasSubstr("is no shared library (ELF)"));
    std::filesystem::remove(folder.path() / "standard.so");
    std::filesystem::create_directory(folder.path() / "standard.so");
    EXPECT_THAT(refused_in(folder), HasSubstr("is a folder and not a plugin file"));
}

TEST(PluginFile, ATruncatedFileIsRefusedBeforeItCanKillTheProcess) {
    const Folder folder;
    const std::string whole = bytes_of(shipped / "standard.so");
    for (const std::size_t size :
         {std::size_t{10}, std::size_t{63}, std::size_t{64}, std::size_t{4000}, std::size_t{20'000}}) {
        folder.write("standard.so", whole.substr(0, size));
        EXPECT_THAT(refused_in(folder), HasSubstr("is cut off")) << size;
    }
}

TEST(PluginFile, ForAnotherMachineOrClassIsRefused) {
    const Folder folder;
    folder.write("standard.so", patched(offsetof(Elf64_Ehdr, e_machine), EM_SPARC));
    EXPECT_THAT(refused_in(folder), HasSubstr("was built for ELF 2, this machine is "));
    folder.write("standard.so", patched(EI_CLASS, ELFCLASS32));
    EXPECT_THAT(refused_in(folder), HasSubstr("is not for 64 bits"));
    folder.write("standard.so", patched(offsetof(Elf64_Ehdr, e_type), ET_REL));
    EXPECT_THAT(refused_in(folder), HasSubstr("is no shared library. Build it"));
}

TEST(PluginFile, ThatOthersMayWriteToIsRefused) {
    using std::filesystem::perms;
    const Folder folder;
    const auto file = folder.write("standard.so", bytes_of(shipped / "standard.so"));
    EXPECT_EQ(refused_in(folder), "");
    for (const perms mode : {perms(0646), perms(0664)}) {
        std::filesystem::permissions(file, mode);
        EXPECT_THAT(refused_in(folder), HasSubstr("chmod go-w " + file.string()));
    }
    std::filesystem::permissions(file, perms(0644));
    std::filesystem::permissions(folder.path(), perms(0777));
    EXPECT_THAT(refused_in(folder), HasSubstr("chmod go-w " + folder.path().string()));
}

TEST(PluginFile, WithoutTheSymbolOrForAnotherContractIsRefused) {
    EXPECT_THAT(refusal("no_symbol"), HasSubstr("has no siyu_plugin_v1"));
    EXPECT_THAT(refusal("contract_two"), HasSubstr("has siyu_plugin_v2 alone, this program speaks siyu_plugin_v1"));
}

TEST(PluginFile, AnUndefinedSymbolIsNamedAtLoadNotInMidReport) {
    EXPECT_THAT(refusal("undefined"), HasSubstr("lacks the symbol nobody_has_this and cannot be loaded"));
}

TEST(PluginFile, AConstantAgainstTheContractIsRefused) {
    EXPECT_THAT(refusal("size_zero"), HasSubstr("says its size is 0"));
    EXPECT_THAT(refusal("size_huge"), HasSubstr("says its size is 4294967295"));
    EXPECT_THAT(refusal("minor_99"), StartsWith("minor_99 needs siyu contract 1.99, this host offers 1.1 ("));
    EXPECT_THAT(refusal("null_create"), HasSubstr("does not offer create"));
    EXPECT_THAT(refusal("bad_id"), HasSubstr("the id inside"));
    EXPECT_THAT(refusal("other_name"), HasSubstr("is com.somebody.else, which does not match the name of the file"));
    EXPECT_THAT(refusal("other_name"), HasSubstr("Rename the file to else.so."));
}

TEST(PluginFile, AnotherPluginUnderThatNameIsRefused) {
    EXPECT_EQ(refusal("com.acme.plain_c"), "");
    EXPECT_THAT(refusal("plain_c"), HasSubstr("holds the plugin com.acme.plain_c and not plain_c"));
}

TEST(PluginList, NamesTheFilesThatAreThereAndWhatTheySayTheyAre) {
    const Folder folder;
    folder.write("pawpaw.so", "");
    folder.write("notes.txt", "no plugin");
    const auto files = Plugins::files({folder.path(), shipped, folder.path() / "not_there"});
    EXPECT_THAT(files, testing::IsSupersetOf({folder.path() / "pawpaw.so", shipped / "standard.so"}));
    EXPECT_THAT(files, testing::Not(testing::Contains(shipped / "pawpaw.so")));
    const Plugins plugins({});
    const auto standard = plugins.identify(shipped / "standard.so");
    EXPECT_EQ(standard.id, "standard");
    EXPECT_EQ(standard.version, "1.0.0");
    try {
        plugins.identify(folder.path() / "pawpaw.so");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.note().id, "plugin.empty_file");
    }
}

}  // namespace siyu
