#!/usr/bin/env bash
# Installs what is missing of packaging/packages.txt: install.sh [build] [test] [check] [bench], by default build.
set -euo pipefail
cd "$(dirname "$0")/.."

sections=" ${*:-build} "
wanted=()
while read -r name section _; do
  # Who has Node.js from its makers has npm with it, which Debian's package would drive out.
  if [[ $name == npm ]] && command -v npm > /dev/null; then continue; fi
  if [[ -n $name && $name != \#* && $sections == *" $section "* ]]; then wanted+=("$name"); fi
done < packaging/packages.txt

if ! command -v dpkg-query > /dev/null; then
  echo "这不是 Debian：请自行安装 packaging/packages.txt 中的软件 / not Debian: please install what packaging/packages.txt names" >&2
  exit 4
fi

there=$'\n'$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2> /dev/null || true)$'\n'
missing=()
for name in "${wanted[@]}"; do
  if [[ $there != *$'\n'"$name installed"$'\n'* ]]; then missing+=("$name"); fi
done
if ((${#missing[@]} == 0)); then exit 0; fi

echo "安装 ${#missing[@]} 个软件包 / installing ${#missing[@]} packages: ${missing[*]}"
as_root=()
if ((EUID != 0)); then
  if ! command -v sudo > /dev/null; then
    echo "请用 root 运行：apt-get install ${missing[*]} / as root, please run: apt-get install ${missing[*]}" >&2
    exit 4
  fi
  as_root=(sudo)
fi
install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --quiet --no-install-recommends "${missing[@]}" > "$log" 2>&1
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A fresh machine has no package lists, an old one has stale ones; else they need not be fetched.
if ! apt-cache show "${missing[@]}" > /dev/null 2>&1 || ! install; then
  "${as_root[@]}" apt-get update --quiet > "$log" 2>&1 || { cat "$log" >&2; exit 4; }
  install || {
    cat "$log" >&2
    echo "安装失败，原因见上 / not installed, see above" >&2
    exit 4
  }
fi
