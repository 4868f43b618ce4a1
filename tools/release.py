"""Build the archive that a bureau's server installs and upgrades from, without a network.

``python tools/release.py`` writes ``dist/dingdian-VERSION.tar.gz`` for the platform and Python it
runs on: wheels of everything in ``requirements/run.txt`` and of dingdian itself, fonts, scripts and
translations within, all with their hashes; the installer, service units, a TLS proxy's example,
upgrade notes, licences. The same commit and the same wheels give the same bytes.
"""

from __future__ import annotations

import argparse
import email
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTICE = "LICENSES.tsv"
#: What stands beside the wheels, by its place in the working tree.
BESIDE = {
    "tools/release/install.sh": "install.sh",
    "tools/release/nginx.conf.example": "nginx.conf.example",
    "src/dingdian/web/dingdian.toml.example": "dingdian.toml.example",
    "LICENSE": "LICENSE",
    "docs/guide/deployment.md": "deployment.md",
    "docs/guide/deployment.zh-CN.md": "deployment.zh-CN.md",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=ROOT, help="a working tree")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--wheels", type=Path, help="wheels fetched before; no registry is asked")
    asked = parser.parse_args()
    source, out = asked.source.resolve(), asked.out.resolve()
    version = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    name = f"dingdian-{version}"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dingdian-release-") as place:
        folder = Path(place) / name
        fill(folder, source, version=version, fetched=asked.wheels)
        target = out / f"{name}.tar.gz"
        pack(folder, target, moment(source))
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_suffix(".gz.sha256").write_text(f"{digest}  {target.name}\n", "utf-8")
    print(f"release: {target} ({target.stat().st_size / 1e6:.0f} MB)\n         sha256 {digest}")
    return 0


def fill(folder: Path, source: Path, *, version: str, fetched: Path | None) -> None:
    """Write everything that the archive holds."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    lock = source / "requirements" / "run.txt"
    fetch(lock, wheels, fetched)
    licences = [licence_of(path) for path in sorted(wheels.iterdir())]
    own = build(source, wheels)
    digest = hashlib.sha256(own.read_bytes()).hexdigest()
    pinned = lock.read_text("utf-8") + f"dingdian=={version} \\\n    --hash=sha256:{digest}\n"
    write(folder / "requirements.txt", pinned)
    write(folder / "VERSION", f"{version}\n")
    write(folder / "PYTHON", f"{sys.version_info.major}.{sys.version_info.minor}\n")
    write(folder / "UPGRADE.md", notes(source, version))
    assets = source / "src" / "dingdian" / "assets" / "manifest.json"
    write(folder / NOTICE, "".join(["name\tversion\tlicence\n", *licences, *of_assets(assets)]))
    for path, place in BESIDE.items():
        if (source / path).exists():
            shutil.copyfile(source / path, folder / place)
    shutil.copytree(source / "tools" / "release" / "systemd", folder / "systemd")
    (folder / "install.sh").chmod(0o755)
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    write(folder / "SHA256SUMS", "".join(sums))


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def fetch(lock: Path, wheels: Path, fetched: Path | None) -> None:
    """The wheels of the lock for this platform, each held against its hash."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", str(lock)]
    if fetched is not None:
        command += ["--no-index", "--find-links", str(fetched)]
    subprocess.run([*command, "--dest", str(wheels)], check=True)


def build(source: Path, wheels: Path) -> Path:
    """The wheel of dingdian, with assets and compiled translations."""
    web = source / "src" / "dingdian" / "web"
    missing = [p for p in web.rglob("django.po") if not p.with_suffix(".mo").exists()]
    if missing or not (source / "src" / "dingdian" / "assets" / "manifest.json").exists():
        raise SystemExit("release: fonts or translations are missing; run make release")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    given = {**os.environ, "SOURCE_DATE_EPOCH": str(moment(source))}
    subprocess.run(
        [*command, "--directory", str(wheels)],
        cwd=source,
        env=given,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (own,) = wheels.glob("dingdian-*.whl")
    return own


def moment(source: Path) -> int:
    """When the commit was made; a fixed day where there is no git."""
    git = shutil.which("git")
    if git and (source / ".git").exists():
        command = [git, "log", "-1", "--format=%ct"]
        done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return int(done.stdout)
    return 1_767_225_600  # 2026-01-01


def licence_of(wheel: Path) -> str:
    """Name, version and licence of a wheel, from its metadata."""
    with zipfile.ZipFile(wheel) as archive:
        (place,) = [n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n)]
        found = email.message_from_bytes(archive.read(place))
    classes = [
        c.rpartition(" :: ")[2] for c in found.get_all("Classifier", []) if c.startswith("License")
    ]
    lines = str(found["License"] or "").strip().splitlines() or [""]
    said = found["License-Expression"] or "; ".join(classes) or lines[0]
    return f"{found['Name']}\t{found['Version']}\t{said or 'see its wheel'}\n"


def of_assets(manifest: Path) -> list[str]:
    """Fonts and scripts that lie within dingdian's wheel."""
    found = json.loads(manifest.read_text("utf-8"))
    kept = {(each["package"], each["version"], each["licence"]) for each in found.values()}
    return ["\t".join(each) + "\n" for each in sorted(kept)]


def notes(source: Path, version: str) -> str:
    """What changed up to this version, from the changelog: its section, else what is unreleased."""
    text = (source / "CHANGELOG.md").read_text("utf-8")
    parts = re.split(r"^## \[([^\]]+)\].*$", text, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    said = sections.get(version) or sections.get("Unreleased", "")
    return f"""# dingdian {version}

升级：解开本包，以 root 运行 `./install.sh`。它先核对全部文件，装好新版本，停服务，备份到
`/var/lib/dingdian/backups`，升级数据表，核验台账和日志的链，再切换并启动。失败时旧版本仍在
`/opt/dingdian/current`；退回旧版本须从该备份恢复（见 deployment.zh-CN.md）。

To upgrade, unpack this archive and run `./install.sh` as root. It verifies every file, installs the
new release beside the old one, stops the services, makes a backup, upgrades the tables, verifies
both chains, switches and starts. Where it fails the old release is still current; to go back,
restore that backup (deployment.md).

## Changes
{said.rstrip()}
"""


def pack(folder: Path, target: Path, when: int) -> None:
    """The folder as one archive: the same content, the same bytes."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = when
        member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
        return member

    unfinished = target.with_suffix(".part")
    with unfinished.open("wb") as file:
        packed = gzip.GzipFile("", "wb", 1, file, mtime=0)  # wheels are packed already
        with packed, tarfile.open(fileobj=packed, mode="w") as archive:
            archive.add(folder, folder.name, recursive=False, filter=plain)
            for path in sorted(folder.rglob("*")):
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                archive.add(path, name, recursive=False, filter=plain)
    unfinished.replace(target)


if __name__ == "__main__":
    sys.exit(main())
