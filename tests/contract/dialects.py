#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The contract's headers compile in every dialect that an author may use, with nothing to complain about.

dialects.py TOP. abi.h as C11, C17, C++17 and C++20, plugin.hpp and testing.hpp as C++17 and C++20; by gcc and by clang,
with libc++ too; with the layout that was promised. Compilers that are not there are named and left out; 77 where none is.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

STRICT = ["-pedantic", "-Wall", "-Wextra", "-Werror", "-Wshadow", "-Wconversion", "-Wno-sign-conversion"]
C = [("gcc", []), ("clang", [])]
CXX = [("g++", []), ("clang++", []), ("clang++", ["-stdlib=libc++"])]
ALONE = "#include <siyu/{header}>\n"


def compile(compiler, flags, include, source, language):
    """What the compiler says; nothing where all is well."""
    command = [compiler, *flags, *STRICT, "-fsyntax-only", f"-I{include}", "-x", language, str(source)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    return f"{' '.join(command)}\n{done.stderr}" if done.returncode else ""


def usable(compiler, flags, folder):
    probe = folder / "probe.cpp"
    probe.write_text("#include <cstdint>\n" if "++" in compiler else "#include <stdint.h>\n")
    language = "c++" if "++" in compiler else "c"
    return bool(shutil.which(compiler)) and not compile(compiler, flags, folder, probe, language)


def main(top):
    here = top / "tests/contract"
    today, frozen = top / "core/contract", here / "v1.0"
    complaints, compiled = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        jobs = []  # compiler, flags, include folder, source, language
        for compiler, flags in [*C, *CXX]:
            if not usable(compiler, flags, folder):
                print(f"left out: {compiler} {' '.join(flags)}")
                continue
            language, years = ("c++", ("17", "20")) if "++" in compiler else ("c", ("11", "17"))
            for year in years:
                dialect = [*flags, f"-std={language}{year}"]
                jobs += [(compiler, dialect, include, here / "layout.c", language) for include in (today, frozen)]
                if language == "c":
                    continue
                headers = [(today, "plugin.hpp"), (today, "testing.hpp"), (frozen, "plugin.hpp")]
                if (compiler, year) == ("g++", "17"):  # each stands alone
                    inner = sorted((today / "siyu").glob("**/*.h*"))
                    headers = [(today, header.relative_to(today / "siyu").as_posix()) for header in inner]
                for include, header in headers:
                    source = folder / f"{header.replace('/', '_')}.cpp"
                    source.write_text(ALONE.format(header=header))
                    jobs.append((compiler, dialect, include, source, language))
        for job in jobs:
            compiled += 1
            if said := compile(*job):
                complaints.append(said)
    print("\n".join(complaints) if complaints else f"{compiled} times without a word")
    return 1 if complaints else 0 if compiled else 77


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
