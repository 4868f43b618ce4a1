#!/bin/sh
# 离线安装或升级定点系统 · Install the system, or upgrade the one that is there, without a network.
# 用法 · usage: ./install.sh [--host NAME] [--policy PLACE] [--database URL] …; --help lists all.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
into=/opt/dingdian data=/var/lib/dingdian user=dingdian units=/etc/systemd/system
python=python3 policy=shenyang address=127.0.0.1:8000 database='' hosts='' public=''

usage() {
    cat <<'TEXT'
./install.sh [选项 · options]
  --into DIR        程序放在哪里，默认 /opt/dingdian · where the program goes
  --data DIR        配置、数据库、文件、备份，默认 /var/lib/dingdian · configuration, data, backups
  --user NAME       运行服务的用户，默认 dingdian；- 表示当前用户 · who runs it; - is you
  --units DIR       systemd 单元放在哪里，默认 /etc/systemd/system；- 表示不装 · - for none
  --python PROGRAM  Python，版本见 PYTHON 文件 · a Python of the version in the file PYTHON
以下只在首次安装时有用 · only where none is installed yet:
  --policy PLACE    政策库中的地区，默认 shenyang · a place of the shelf
  --database URL    默认 SQLite；postgresql://… · SQLite by itself
  --address A:PORT  页面监听的地址，默认 127.0.0.1:8000 · where pages answer
  --host NAME       浏览器访问所用的域名，可重复 · name by which browsers reach it; may be repeated
  --public          公众站点 · the site for the public
TEXT
}
fail() { echo "install: $*" >&2; exit 1; }

while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --public) public=--public; shift; continue ;;
    esac
    [ $# -ge 2 ] || fail "$1 ?"
    case $1 in
        --into) into=$2 ;;
        --data) data=$2 ;;
        --user) user=$2 ;;
        --units) units=$2 ;;
        --python) python=$2 ;;
        --policy) policy=$2 ;;
        --database) database=$2 ;;
        --address) address=$2 ;;
        --host) hosts="$hosts --host $2" ;;
        *) usage >&2; fail "$1 ?" ;;
    esac
    shift 2
done

version=$(cat "$here/VERSION")
config=$data/dingdian.toml
release=$into/releases/$version
echo "定点系统 · dingdian $version"
(cd "$here" && sha256sum --check --quiet SHA256SUMS) || fail "文件与 SHA256SUMS 不符 · files were changed"
wanted=$(cat "$here/PYTHON")
found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none)
[ "$found" = "$wanted" ] || fail "需要 Python $wanted，这里是 $found · needs Python $wanted: --python PROGRAM"
"$python" -c 'import ensurepip, venv' 2>/dev/null || fail "缺少 python3-venv · apt-get install python3-venv"

if [ "$user" = - ]; then
    as() { "$@"; }
else
    [ "$(id -u)" -eq 0 ] || fail "请以 root 运行，或写 --user - · run as root, or with --user -"
    id "$user" >/dev/null 2>&1 || useradd --system --home-dir "$data" --shell /usr/sbin/nologin "$user"
    as() { runuser -u "$user" -- "$@"; }
fi
running=''
if [ "$units" = /etc/systemd/system ] && [ -d /run/systemd/system ]; then running=yes; fi

# -- the program: a folder of its own for every release, finished before anything changes
mkdir -p "$into/releases"
if [ ! -f "$release/finished" ]; then
    rm -rf "$release"
    mkdir -p "$release"
    "$python" -m venv "$release/venv"
    "$release/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --no-index --find-links "$here/wheels" --require-hashes --only-binary :all: \
        -r "$here/requirements.txt" || fail "没有改动任何数据 · nothing was changed"
    cp "$here/LICENSES.tsv" "$here/UPGRADE.md" "$release/"
    touch "$release/finished"
fi
dingdian=$release/venv/bin/dingdian

# -- the data: new, or brought up to this release after a backup
mkdir -p "$data"
chmod 700 "$data"
[ "$user" = - ] || chown "$user" "$data"
cd "$data"
stop_units() { [ -z "$running" ] || systemctl stop dingdian-pages dingdian-worker 2>/dev/null || true; }
if [ -f "$config" ] && [ -L "$into/current" ]; then
    stop_units
    as "$dingdian" office upgrade --config "$config" --backups "$data/backups" ||
        fail "升级没有完成；旧版本仍在 $into/current，备份在 $data/backups，服务已停 · the release before is still current, services are stopped"
else
    set --
    [ -z "$database" ] || set -- --database "$database"
    # shellcheck disable=SC2086 -- hosts and public are words
    as "$dingdian" office init --config "$config" --policy "$policy" --address "$address" $hosts $public "$@"
fi
ln -sfn "releases/$version" "$into/current.new"
mv -T "$into/current.new" "$into/current"

# -- the services
if [ "$units" != - ]; then
    mkdir -p "$units"
    owner=$user
    [ "$owner" != - ] || owner=$(id -un)
    for unit in "$here"/systemd/*; do
        sed -e "s|@INTO@|$into|g" -e "s|@DATA@|$data|g" -e "s|@USER@|$owner|g" "$unit" >"$units/${unit##*/}"
    done
    if [ -n "$public" ] || grep -q '^kind = "public"' "$config"; then
        rm -f "$units/dingdian-worker.service" "$units"/dingdian-retention.*
    fi
fi
if [ -n "$running" ]; then
    systemctl daemon-reload
    for unit in "$here"/systemd/*; do
        name=${unit##*/}
        case $name in dingdian-backup.service | dingdian-retention.service) continue ;; esac
        [ ! -f "$units/$name" ] || systemctl enable --quiet --now "$name"
    done
fi
echo "完成：$into/current，配置 $config · done"
