#!/usr/bin/env bash
# Makes a workspace with a sample agency of three brands and writes their reports: demo.sh [DIR], by default ./demo.
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

mkdir -p "$demo"
touch "$demo/.siyu-demo"
siyu() { "$bin/siyu" -C "$demo" "$@"; }
# 1 is: done, but look at something, such as the three bad rows among aurora's orders.
look() {
  local status=0
  siyu "$@" >> "$demo/demo.log" 2>&1 || status=$?
  if ((status > 1)); then
    tail -n 20 "$demo/demo.log" >&2
    exit "$status"
  fi
}

echo "数据与报告 / facts and reports: $demo"
: > "$demo/demo.log"
"$bin/siyu_sample" "$demo/data"
if [[ ! -e $demo/siyu.toml ]]; then "$bin/siyu" init "$demo" >> "$demo/demo.log"; fi
known() { siyu tenant show "$1" > /dev/null 2>&1; }
known aurora || look tenant add aurora --name 曙光护肤 --plugin standard --set monthly_fee=30000 \
  --set members_per_guide=6000 --set 'bonus=gmv 2%'
known milou || look tenant add milou --name 米鹿母婴 --plugin standard --set monthly_fee=26000 \
  --set members_per_guide=5000 --set floor=0.85 --set required=joins,orders --set at_deadline=send
known pawpaw || look tenant add pawpaw --name 爪爪鲜粮 --plugin pawpaw --set monthly_fee=22000

# What is in the workspace already need not be read again.
take() {
  local folder=$1 taken=$demo/data/.taken-$1 sum
  shift
  sum=$(cat "$demo/data/$folder"/*.csv | cksum)
  if [[ -e $taken && $(< "$taken") == "$sum" ]]; then return; fi
  look import "$@" "$demo/data/$folder"
  echo "$sum" > "$taken"
}
take agency
for tenant in aurora milou pawpaw; do take "$tenant" --tenant "$tenant"; done

# Both audiences each.
reports() { look "${@:3}" report "$1" --date "$2" --format html,text --out "$demo/reports"; }
reports daily 2026-11-20
reports weekly 2026-11-15
reports monthly 2026-10-31
reports daily 2026-11-20 --lang en

pages=$(find "$demo/reports" -name '*.html' | wc -l)
cat << END

完成：三个品牌、120 天数据、$pages 份网页报告（另有同名文本）。
Done: three brands, 120 days of facts, $pages reports as pages (and as text beside them).

看 / look at:     $demo/reports   (brand 给甲方, agency 给自己 / brand: for the client, agency: for yourselves)
明细 / details:   $demo/demo.log  (milou 缺 11-12 订单, aurora 有 3 行坏数据 / a day and three rows that went wrong)
再试 / try next:  $bin/siyu -C $demo kpi --tenant aurora --period daily --date 2026-11-20
                  $bin/siyu -C $demo forecast show --tenant milou --month 2026-11
                  $bin/siyu -C $demo import list
                  $bin/siyu -C $demo staffing
                  $bin/siyu --help
END
