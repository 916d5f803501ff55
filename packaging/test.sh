#!/usr/bin/env bash
# Builds and runs every test. The last line is ctest's own summary.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

bash packaging/install.sh build test
mkdir -p build/dev
log=build/dev/test.log
echo "构建 build/dev / building build/dev"
if ! { cmake --preset dev && cmake --build --preset dev; } > "$log" 2>&1; then
  cat "$log" >&2
  echo "构建失败，原因见上 / not built, see above" >&2
  exit 1
fi
echo "测试 / testing"
status=0
ctest --preset dev --parallel "$(nproc)" 2>&1 | tee "$log" || status=1
grep -E '^[0-9]+% tests passed' "$log" | tail -n 1
exit "$status"
