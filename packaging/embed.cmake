# Writes OUT, a C++ file that holds every file of FILES (paths from ROOT, separated by |) as bytes.
# Called by the build whenever one of them changed; the assembler reads them, so it costs nothing to compile.
string(REPLACE "|" ";" files "${FILES}")
set(text "// Written by packaging/embed.cmake.\n#include \"core/base/embedded.hpp\"\n\n")
set(table "")
set(number 0)
foreach(file IN LISTS files)
  string(APPEND text
    "__asm__(\".section .rodata\\nsiyu_file_${number}:\\n.incbin \\\"${ROOT}/${file}\\\"\\nsiyu_file_${number}_end:\\n.byte 0\\n.previous\\n\");\n"
    "extern \"C\" const char siyu_file_${number}[];\nextern \"C\" const char siyu_file_${number}_end[];\n")
  string(APPEND table "        {\"${file}\", {siyu_file_${number}, static_cast<std::size_t>(siyu_file_${number}_end - siyu_file_${number})}},\n")
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND text "
namespace siyu {

const std::map<std::string_view, std::string_view>& embedded_files() {
    static const std::map<std::string_view, std::string_view> files{
${table}    };
    return files;
}

std::string_view embedded_file(std::string_view path) {
    const auto found = embedded_files().find(path);
    return found == embedded_files().end() ? std::string_view{} : found->second;
}

}  // namespace siyu
")
file(WRITE "${OUT}" "${text}")
