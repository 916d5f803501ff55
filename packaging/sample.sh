#!/usr/bin/env bash
# Takes the sample agency of eight brands into a workspace: sample.sh BIN DIR, where BIN holds the programs and DIR/data
# what siyu_sample wrote. What is in the workspace already is not read again.
set -euo pipefail
bin=$1
folder=$2

siyu() { "$bin/siyu" -C "$folder" "$@"; }
# 1 is: done, but look at something, such as the three bad rows among aurora's orders.
look() {
  local status=0
  siyu "$@" || status=$?
  if ((status > 1)); then exit "$status"; fi
}

if [[ ! -e $folder/siyu.toml ]]; then "$bin/siyu" init "$folder"; fi
known() { siyu tenant show "$1" > /dev/null 2>&1; }
tenants=(aurora milou pawpaw qimu lanyi yunshe qihang chenniang)
add() { known "$1" || look tenant add "$1" --name "$2" --plugin "$3" "${@:4}"; }
add aurora 曙光护肤 standard --set monthly_fee=30000 --set members_per_guide=6000 --set 'bonus=gmv 2%'
add milou 米鹿母婴 mother_baby --set monthly_fee=26000 --set members_per_guide=5000 --set floor=0.85 \
  --set required=joins,orders --set at_deadline=send
add pawpaw 爪爪鲜粮 pawpaw --set monthly_fee=22000
add qimu 栖木服饰 fast_fashion --set monthly_fee=28000 --set plugin.new_members_per_store=100 \
  --set 'plugin.new_member_steps=15:500,20:1000,30:1500'
add lanyi 蓝衣女装 influencer --set monthly_fee=24000
add yunshe 云舍俱乐部 membership --set monthly_fee=60000
add qihang 启航训练营 training_camp --set monthly_fee=20000
add chenniang 陈酿酒业 agents --set monthly_fee=18000

take() {
  local taken=$folder/data/$1/.taken
  if [[ -e $taken ]]; then return; fi
  look import "${@:2}" "$folder/data/$1"
  touch "$taken"
}
take agency
for tenant in "${tenants[@]}"; do take "$tenant" --tenant "$tenant"; done
