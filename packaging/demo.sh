#!/usr/bin/env bash
# Makes a workspace with a sample agency of eight brands and writes their reports: demo.sh [DIR], by default ./demo.
# Run again, it brings that workspace up to date; a folder that it has not made is left alone.
set -euo pipefail
here=$PWD
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

case ${1:-} in
  '') demo=demo ;;
  /*) demo=$1 ;;
  *) demo=$here/$1 ;;
esac
if [[ -e $demo && ! -e $demo/.siyu-demo ]]; then
  echo "$demo 已存在，且不是本脚本所建：请换一个目录，如 packaging/demo.sh demo2 / $demo exists and was not made by this script: name another folder, e.g. packaging/demo.sh demo2" >&2
  exit 3
fi

bash packaging/install.sh build
mkdir -p build/release
log=build/release/build.log
echo "构建 build/release / building build/release"
if ! { cmake --preset release && cmake --build --preset release; } > "$log" 2>&1; then
  cat "$log" >&2
  echo "构建失败，原因见上 / not built, see above" >&2
  exit 1
fi
bin=build/release/bin

# Another version of the sample does not mix with what is there: that is put aside, not thrown away.
"$bin/siyu_sample" build/release/sample
sample=$(cat build/release/sample/*/*.csv | cksum)
if [[ -e $demo && $(< "$demo/.siyu-demo") != "$sample" ]]; then
  n=1
  while [[ -e $demo.$n ]]; do n=$((n + 1)); done
  mv "$demo" "$demo.$n"
  echo "示例数据有更新，原工作区已移到 $demo.$n / the sample has changed, the old workspace is now $demo.$n"
fi
mkdir -p "$demo"
echo "$sample" > "$demo/.siyu-demo"
cp -R build/release/sample/. "$demo/data"
# 1 is: done, but look at something, such as the three bad rows among aurora's orders.
look() {
  local status=0
  "$@" >> "$demo/demo.log" 2>&1 || status=$?
  if ((status > 1)); then
    tail -n 20 "$demo/demo.log" >&2
    exit "$status"
  fi
}

echo "数据与报告 / facts and reports: $demo"
: > "$demo/demo.log"
look bash packaging/sample.sh "$bin" "$demo"

# Both audiences each.
reports() { look "$bin/siyu" -C "$demo" "${@:3}" report "$1" --date "$2" --format html,text --out "$demo/reports"; }
reports daily 2026-11-20
reports weekly 2026-11-15
reports monthly 2026-10-31
reports daily 2026-11-20 --lang en
# The month as the brands get it: a mail, with its workbook and PDF.
look "$bin/siyu" -C "$demo" report monthly --date 2026-10-31 --audience brand --format eml,xlsx,pdf --out "$demo/reports"

pages=$(find "$demo/reports" -name '*.html' | wc -l)
cat << END

完成：八个品牌、120 天数据、$pages 份网页报告（另有同名文本）。
Done: eight brands, 120 days of facts, $pages reports as pages (and as text beside them).

看 / look at:     $demo/reports   (brand 给甲方, agency 给自己 / brand: for the client, agency: for yourselves)
                  milou 周报缺 11 月 12 日的订单，aurora 十月流量只到位七成
                  milou's weekly report lacks the orders of 12 November; in October aurora got 70 % of its traffic
邮件 / mails:     monthly-2026-10-31-brand.zh.eml, .xlsx, .pdf (用邮件客户端打开 / open it with a mail program)
过程 / the log:   $demo/demo.log  (aurora 有 3 行坏数据 / three bad rows of aurora's)
再试 / try next:  $bin/siyu -C $demo kpi --tenant aurora --period daily --date 2026-11-20
                  $bin/siyu -C $demo forecast show --tenant milou --date 2026-11-20
                  $bin/siyu -C $demo import list
                  $bin/siyu -C $demo staffing
                  $bin/siyu -C $demo tenant set aurora domains=aurora.example send_daily="09:00 workdays"
                  $bin/siyu -C $demo recipient add --tenant aurora wang@aurora.example --name 王芳
                  $bin/siyu -C $demo send schedule
                  $bin/siyu --help
END
