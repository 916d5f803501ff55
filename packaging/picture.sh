#!/usr/bin/env bash
# Takes the picture of a report that the READMEs show, docs/report.png, from the demo. Needs chromium and a Chinese font.
set -euo pipefail
cd "$(dirname "$0")/.."

page=demo/reports/aurora/daily-2026-11-20-brand.zh.html
if [[ ! -e $page ]]; then
  echo "请先运行 packaging/demo.sh / please run packaging/demo.sh first" >&2
  exit 3
fi
if ! command -v chromium > /dev/null; then
  echo "请先安装 chromium / please install chromium first" >&2
  exit 4
fi
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" \
  --force-device-scale-factor=1 --window-size=1000,1160 --screenshot="$PWD/docs/report.png" "file://$PWD/$page" 2> /dev/null
echo "docs/report.png"
