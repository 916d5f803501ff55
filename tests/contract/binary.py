#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiled code sees the same contract as in 1.0: structs grew at their ends and changed nowhere else.

binary.py TOP. Compares baseline/*.abi, which abidw made of the frozen header, with what today's header compiles to. Shows
too that the comparison would find a member put into the middle and one retyped. 77 without abigail-tools.

binary.py TOP --baseline writes baseline/*.abi again, from the frozen header.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PARTS = {"structs": [], "tables": ["-DTABLES"]}
# What is done to today's header, and whether the contract allows it.
CHANGES = [
    ("a member appended", True, r"(uint64_t reserved;.*?\*/\n)(\} siyu_measure_expression;)", r"\1    uint32_t more;\n\2"),
    ("a member inserted into a struct that grew", False, r"(    int64_t at_least; /\*)", r"    int64_t more;\n\1"),
    ("a member inserted", False, r"(\n    siyu_text id;)( .*\n    siyu_text title_zh, title_en;\n    siyu_measure above)",
     r"\n    uint64_t more;\1\2"),
    ("a member retyped", False, r"int64_t at_least;\n\} siyu_role;", r"uint64_t at_least;\n} siyu_role;"),
    ("a function inserted", False, r"(    siyu_status \(\*declare\))", r"    void (*more)(void);\n\1"),
]


def compiled(folder, part, include, here):
    out = folder / f"{part}.so"
    subprocess.run(["cc", "-std=c11", "-g", "-shared", "-fPIC", *PARTS[part], f"-I{include}", "-o", str(out),
                    str(here / "probe.c")], check=True)
    return out


def differences(folder, include, here):
    """What abidiff says beyond growth at the end; nothing where there is none."""
    said = ""
    for part in PARTS:
        done = subprocess.run(["abidiff", "--redundant", "--suppressions", str(here / "append.abignore"),
                               str(here / f"baseline/{part}.abi"), str(compiled(folder, part, include, here))],
                              capture_output=True, encoding="utf-8")
        said += done.stdout + done.stderr if done.returncode else ""
    return said


def main(top, baseline):
    here = top / "tests/contract"
    if not shutil.which("abidiff") or not shutil.which("abidw"):
        print("abigail-tools is not installed")
        return 77
    complaints = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if baseline:
            for part in PARTS:
                library = compiled(folder, part, here / "v1.0", here)
                said = subprocess.run(["abidw", "--no-corpus-path", "--no-comp-dir-path", "--short-locs", str(library)],
                                      check=True, capture_output=True, encoding="utf-8").stdout
                (here / f"baseline/{part}.abi").write_text(said, "utf-8")
            return 0
        if said := differences(folder, here / "v1.0", here):
            complaints.append(f"the baseline is not that of the frozen header:\n{said}")
        if said := differences(folder, top / "core/contract", here):
            complaints.append(f"today's header changed what was there in 1.0:\n{said}")
        header = (top / "core/contract/siyu/abi.h").read_text("utf-8")
        for what, allowed, pattern, replacement in CHANGES:
            (folder / "siyu").mkdir(exist_ok=True)
            text, count = re.subn(pattern, replacement, header, count=1)
            if count != 1:
                complaints.append(f"{what}: its place in abi.h was not found")
                continue
            (folder / "siyu/abi.h").write_text(text, "utf-8")
            said = differences(folder, folder, here)
            if bool(said) == allowed:
                complaints.append(f"{what} is {'reported' if said else 'not found'}\n{said}")
    print("\n".join(complaints) if complaints else "nothing but growth at the end")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), "--baseline" in sys.argv))
