#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A developer outside: installs the SDK, builds a plugin and its unit test against it, has it checked, and loads it; then
does what the tutorial says.

consumer.py TOP BUILD [--cmake CMAKE]. Everything happens in a folder of its own that is gone afterwards. With clang++ and
libc++ too, where they are there.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile


class Failed(Exception):
    pass


def run(*command, env=None):
    done = subprocess.run([str(part) for part in command], capture_output=True, encoding="utf-8",
                          env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})})
    if done.returncode:
        raise Failed(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def installed(cmake, build, prefix, *options):
    run(cmake, "--install", build, "--prefix", prefix, *options)
    return {file.relative_to(prefix).as_posix() for file in prefix.rglob("*") if file.is_file()}


def expect(held, what):
    if not held:
        raise Failed(what)


def check_installation(cmake, build, folder, top):
    """What the two installations hold."""
    headers = {f"include/siyu/{file.relative_to(top / 'core/contract/siyu').as_posix()}"
               for file in (top / "core/contract/siyu").rglob("*.h*")}
    sdk = installed(cmake, build, folder / "sdk", "--component", "sdk")
    package = {f"lib/cmake/siyu-sdk/{name}" for name in (
        "siyu-sdkConfig.cmake", "siyu-sdkConfigVersion.cmake", "siyu-sdkTargets.cmake", "siyu_add_plugin.cmake",
        "plugin.map")}
    expect(headers | package <= sdk, f"the SDK lacks {sorted((headers | package) - sdk)}")
    expect(not any(file.startswith(("bin/", "lib/siyu/")) for file in sdk), f"the SDK alone brings {sorted(sdk)}")
    everything = installed(cmake, build, folder / "prefix")
    wanted = sdk | {"bin/siyu", "lib/siyu/stores/mysql.so",
                    "lib/siyu/plugins/standard.so", "lib/siyu/plugins/pawpaw.so"}
    expect(wanted <= everything, f"the installation lacks {sorted(wanted - everything)}")
    for plugin in (folder / "prefix/lib/siyu/plugins").glob("*.so"):
        expect(not plugin.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH), f"others may write to {plugin}")


def build_and_load(cmake, folder, top, name, *options):
    """Builds the project by one compiler, runs its tests, and lets the installed siyu load the plugin."""
    build = folder / name
    run(cmake, "-S", top / "tests/contract/consumer", "-B", build, f"-DCMAKE_PREFIX_PATH={folder / 'prefix'}", *options)
    run(cmake, "--build", build, "--parallel", "2")
    tests = run(pathlib.Path(cmake).with_name("ctest"), "--test-dir", build, "--output-on-failure", "--no-tests=error")
    expect("check.harbour" in tests, f"siyu did not check the plugin:\n{tests}")
    workspace = folder / f"{name}-workspace"
    workspace.mkdir()
    siyu = folder / "prefix/bin/siyu"
    run(siyu, "-C", workspace, "init")
    shown = json.loads(run(siyu, "-C", workspace, "plugin", "show", "com.acme.harbour", "--json",
                           env={"SIYU_PLUGIN_PATH": str(build / "lib/siyu/plugins")}))
    own = [kpi["id"] for kpi in shown["kpis"] if kpi["declared_by"] == "com.acme.harbour"]
    expect(shown["version"] == "1.0.0" and "big_spenders" in own and "cup" in own, f"loaded as {shown}")


def follow_tutorial(cmake, folder, top):
    """What docs/plugin-tutorial.md tells to do: a new project, its three pieces of code put in, built, tested, checked."""
    run(folder / "prefix/bin/siyu", "plugin", "new", "tea", "--brand", "Harbour Tea", "--dir", folder)
    project = folder / "tea"
    kpi, section, test = re.findall(r"```cpp\n(.*?)```", (top / "docs/plugin-tutorial.md").read_text("utf-8"), re.S)

    def edit(file, before, pieces):
        text = (project / file).read_text("utf-8")
        at = text.rindex(before)
        (project / file).write_text(text[:at] + pieces + text[at:], "utf-8")

    edit("tea.cpp", "    }\n};", kpi + section)
    edit("tea_test.cpp", "int main() {", test)
    edit("tea_test.cpp", "    return failures", "    lists_its_stores();\n")
    build = project / "build"
    run(cmake, "-S", project, "-B", build, f"-DCMAKE_PREFIX_PATH={folder / 'prefix'}")
    run(cmake, "--build", build, "--parallel", "2")
    tests = run(pathlib.Path(cmake).with_name("ctest"), "--test-dir", build, "--output-on-failure", "--no-tests=error")
    expect("check.tea" in tests and "unit.tea" in tests, f"the project's tests are not two:\n{tests}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("top", type=pathlib.Path)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--cmake", default="cmake")
    said = parser.parse_args()
    cmake = shutil.which(said.cmake)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_installation(cmake, said.build, folder, said.top)
        build_and_load(cmake, folder, said.top, "by-default")
        follow_tutorial(cmake, folder, said.top)
        (folder / "probe.cpp").write_text("#include <string>\nint main() { return std::string().size(); }\n")
        clang = shutil.which("clang++")
        libcxx = clang and subprocess.run([clang, "-stdlib=libc++", str(folder / "probe.cpp"), "-o", str(folder / "probe")],
                                          capture_output=True).returncode == 0
        if libcxx:
            build_and_load(cmake, folder, said.top, "by-clang", f"-DCMAKE_CXX_COMPILER={clang}",
                           "-DCMAKE_CXX_FLAGS=-stdlib=libc++")
        print("installed, built, tested, checked and loaded" + (", by clang++ with libc++ too" if libcxx else ""))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failed:
        print(failed)
        sys.exit(1)
