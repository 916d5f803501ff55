#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A room includes its own headers and those of the rooms that its siyu_room(... USES ...) line names, and of no other.

arrows.py TOP. The arrows have to point one way as well, and a plugin sees nothing but the contract.
"""
import pathlib
import re
import sys

SOURCES = {".hpp", ".cpp", ".h"}


def rooms(top):
    """Folder of each room -> (name, rooms it may use)."""
    found = {}
    for file in sorted(top.glob("**/CMakeLists.txt")):
        folder = file.parent.relative_to(top).as_posix()
        if folder.startswith(("build", "tests")) or "/build/" in folder:
            continue
        text = re.sub(r"#.*", "", file.read_text("utf-8"))
        for call in re.findall(r"\bsiyu_room\(([^)]*)\)", text):
            words = call.split()
            if "${" in words[0]:
                continue
            uses = []
            if "USES" in words:
                for word in words[words.index("USES") + 1:]:
                    if word == "LIBRARIES":
                        break
                    uses.append(word)
            found[folder] = (words[0], uses)
        # A room of headers alone.
        for name in re.findall(r"\badd_library\(siyu_(\w+)\s+INTERFACE", text):
            found.setdefault(folder, (name, []))
    return found


def reach(name, uses, seen=()):
    """Everything that a room may include: what it uses, and what those use."""
    reached = set()
    for other in uses.get(name, ()):
        if other in seen:
            raise SystemExit(f"the arrows go round: {' -> '.join([*seen, name, other])}")
        reached |= {other} | reach(other, uses, (*seen, name))
    return reached


def main(top):
    found = rooms(top)
    uses = dict(found.values())
    folder_of = {name: folder for folder, (name, _) in found.items()}
    complaints = [f"{name} uses {other}, which is no room" for name in uses for other in uses[name] if other not in uses]
    if complaints:
        return complaints
    may_include = {folder: {folder, *(folder_of[r] for r in reach(name, uses))} for folder, (name, _) in found.items()}
    may_include["core/app"] = set(may_include) | {"core/app"}  # it joins the rooms
    includes = 0
    for file in sorted(p for area in ("core", "tenants", "reports", "plugins") for p in (top / area).glob("**/*")):
        if file.suffix not in SOURCES:
            continue
        where = file.relative_to(top).as_posix()
        folder = max((f for f in may_include if where.startswith(f + "/")), key=len, default=None)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            said = re.match(r'\s*#\s*include\s*[<"]((?:core|tenants|reports|plugins|siyu|tests)/[^>"]+)[>"]', line)
            if not said:
                continue
            includes += 1
            target = said[1]
            if where.startswith("plugins/"):
                here = "/".join(where.split("/")[:2])
                if not target.startswith(("siyu/", "core/contract/", here + "/")):
                    complaints.append(f"{where}:{number}: a plugin includes {target}; only the contract is for plugins")
                continue
            if target.startswith("siyu/"):
                target = "core/contract/" + target
            to = max((f for f in may_include if target.startswith(f + "/")), key=len, default=None)
            inner = target.startswith(where.rsplit("/", 1)[0] + "/")
            if not inner and (to is None or folder is None or to not in may_include[folder]):
                complaints.append(f"{where}:{number}: {folder or 'no room'} may not include {target}: "
                                  f"no arrow to {to or 'it'} in {folder or where}/CMakeLists.txt")
    if not includes:
        complaints.append(f"{top}: no include was found, so nothing was checked")
    return complaints


if __name__ == "__main__":
    wrong = main(pathlib.Path(sys.argv[1]))
    print("\n".join(wrong) if wrong else "every include follows an arrow")
    sys.exit(1 if wrong else 0)
