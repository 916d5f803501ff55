#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No two rooms give one name to two types: the linker would take either's functions for both, and say nothing.

names.py TOP. Looks at the types that stand at the outer level of a header, or of a source outside an unnamed namespace.
"""
import collections
import pathlib
import re
import sys

TYPE = re.compile(r"^(?:struct|class|enum class) (\w+)(?: final)?(?: :.*)? ?\{", re.M)


def named(text):
    """The types of a file that the linker sees. What stands in an unnamed namespace it does not."""
    outside = re.sub(r"^namespace \{$.*?^\}  // namespace$", "", text, flags=re.S | re.M)
    inside = re.search(r"inline namespace (\w+)", text)
    return [(inside[1] if inside else "", name) for name in TYPE.findall(outside)]


def main(top):
    places = collections.defaultdict(list)
    for room in ("core", "reports", "tenants"):
        for file in sorted((top / room).rglob("*.[ch]pp")):
            for name in named(file.read_text("utf-8")):
                places[name].append(file.relative_to(top).as_posix())
    # The sample generator is a program of its own.
    wrong = {name: files for name, files in places.items()
             if len([f for f in files if not f.startswith("tenants/sample/")]) > 1}
    for (_, name), files in sorted(wrong.items()):
        print(f"{name} is defined in {', '.join(files)}: give one of them another name")
    print(f"{len(places)} types, each with one name" if not wrong else f"{len(wrong)} names with several types")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
