#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every sentence stands in both languages with the same {names}, and every id that the sources name is a sentence.

sentences.py TOP
"""
import pathlib
import re
import sys

try:
    import tomllib
except ImportError:
    print("needs Python 3.11 for TOML")
    sys.exit(77)


def flat(table, prefix):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}.{key}")
        else:
            yield f"{prefix}.{key}", value


def sentences(folder):
    found = {}
    for file in sorted(folder.glob("*.toml")):
        found.update(flat(tomllib.loads(file.read_text("utf-8")), file.stem))
    return found


def without_comments(text):
    return re.sub(r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/', lambda m: m[1] or "", text, flags=re.S)


def main(top):
    complaints = []
    zh, en = (sentences(top / "core/base/text" / language) for language in ("zh", "en"))
    if not zh:
        return ["core/base/text/zh: no sentences"]
    complaints += [f"{key}: only in Chinese" for key in sorted(zh.keys() - en.keys())]
    complaints += [f"{key}: only in English" for key in sorted(en.keys() - zh.keys())]
    for key in sorted(zh.keys() & en.keys()):
        # {zh} in a Chinese sentence and {en} in an English one: what a profile calls something in that language.
        texts = zh[key].replace("{zh}", "{own}"), en[key].replace("{en}", "{own}")
        names = [set(re.findall(r"\{(\w*)\}", text)) for text in texts]
        if names[0] != names[1]:
            complaints.append(f"{key}: {sorted(names[0])} in Chinese, {sorted(names[1])} in English")
        for language, said in (("zh", zh), ("en", en)):
            if not said[key].strip():
                complaints.append(f"{key}: empty in {language}")
    # "file.key" in the sources, where the file is one of the catalogue's: an id, or the beginning of ids that are put
    # together at run time.
    files = {key.split(".")[0] for key in zh}
    for area in ("core", "tenants", "reports"):
        for file in sorted((top / area).glob("**/*.[ch]pp")):
            if file.relative_to(top).as_posix().startswith("tenants/sample/"):
                continue
            for number, line in enumerate(without_comments(file.read_text("utf-8")).splitlines(), 1):
                if line.startswith("#include"):
                    continue
                for key in re.findall(r'"([a-z_]+(?:\.[a-z0-9_]+)+\.?|[a-z_]+\.)"', line):
                    if key.split(".")[0] not in files or key.endswith((".toml", ".sql", ".db", ".password", ".html", ".csv", ".cpp", ".so")):
                        continue
                    if key not in zh and not any(known.startswith(key.rstrip(".") + ".") for known in zh):
                        complaints.append(f"{file.relative_to(top)}:{number}: no sentence {key}")
    return complaints


if __name__ == "__main__":
    wrong = main(pathlib.Path(sys.argv[1]))
    print("\n".join(wrong) if wrong else "every sentence stands in both languages")
    sys.exit(1 if wrong else 0)
