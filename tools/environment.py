"""Set up .venv from a lock, only when something changed: ``python3 tools/environment.py run|dev``.

The Makefile calls this before every task.  ``run`` installs requirements/run.txt, ``dev`` installs
requirements/dev.txt (which holds everything of run.txt at the same versions), then the project
itself as an editable install, then the fonts and scripts of reports (tools/assets).  A stamp in
.venv says what was installed; it is written last, so an interrupted set-up is taken up again.  Code
that changed is compiled.  This file runs on any Python 3.6 or newer, so that an old one gets a
sentence and not a traceback.
"""

import argparse
import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
ASSETS = os.path.join(ROOT, "src", "dingdian", "assets", "manifest.json")
OLDEST = (3, 11)
ASSET_SOURCES = [
    os.path.join("tools", "assets", name)
    for name in ("assets.json", "build.py", "package-lock.json")
]
LOCKS = {"run": ["run"], "dev": ["run", "dev"]}
TITLES = {"run": "to run dingdian", "dev": "to run, test and lint dingdian"}

NO_REGISTRY = (
    "ConnectionError",
    "ConnectTimeout",
    "ReadTimeout",
    "ProxyError",
    "SSLError",
    "Could not find a version",
    "No matching distribution",
    "Temporary failure in name resolution",
)


# What pip says of each package: from a registry, from a folder of wheels, or there already.
FETCHED = re.compile(
    r"(?:Collecting |Processing (?:.*/)?|Requirement already satisfied: )([A-Za-z0-9_.-]*?)"
    r"(?:-[0-9][^/]*\.whl|-[0-9][^/]*\.tar\.gz|[=<>~! ].*)?$"
)


class SetUpError(Exception):
    """The set-up cannot go on; the message says why and what to do."""


def main():
    parser = argparse.ArgumentParser(description="Set up .venv from a lock.")
    parser.add_argument("lock", choices=sorted(LOCKS))
    parser.add_argument("--python", default="", help="the Python that .venv is made with")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        # Two makes at once share one .venv: the second waits. The lock ends with the process.
        with open(os.path.join(ROOT, "pyproject.toml"), "rb") as shared:
            fcntl.flock(shared, fcntl.LOCK_EX)
            set_up(arguments.lock, arguments.python)
    except SetUpError as error:
        sys.stderr.write("\nset-up: {}\n".format(error))
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nset-up: interrupted; the next make takes it up again.\n")
        return 130
    return 0


def set_up(lock, wanted_python):
    base = version_of(VENV_PYTHON) if os.path.exists(VENV_PYTHON) else None
    if base is None or base[:2] < OLDEST or not_as_wanted(base, wanted_python) or not_ours():
        base = make_venv(wanted_python)
    wanted = {"place": VENV, "python": dotted(base), "lock": fingerprint_of_lock(lock)}
    installed = read_stamp(lock)
    if installed != wanted:
        install_lock(lock)
        for part in LOCKS[lock]:
            write_stamp(part, dict(wanted, lock=fingerprint_of_lock(part)))
    project = {"place": VENV, "python": dotted(base), "lock": digest(["pyproject.toml"])}
    if read_stamp("project") != project:
        install_project()
        write_stamp("project", project)
    assets = {"place": VENV, "lock": digest(ASSET_SOURCES)}
    if read_stamp("assets") != assets or not os.path.exists(ASSETS):
        build_assets()
        write_stamp("assets", assets)
    compile_messages()
    compile_project()


# ------------------------------------------------------------------ which Python


def version_of(python):
    """(major, minor, micro) of an interpreter, or None when it does not run."""
    try:
        answer = subprocess.check_output(
            [python, "-c", "import sys; print(*sys.version_info[:3])"],
            stderr=subprocess.DEVNULL,
        )
        return tuple(int(part) for part in answer.split())
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


def not_as_wanted(base, wanted_python):
    """Whether make was given PYTHON=… and .venv was made by another version."""
    return bool(wanted_python) and version_of(wanted_python) not in (None, base)


def not_ours():
    """Whether .venv is unfinished or was made elsewhere, where its programs would still point."""
    return read_stamp("venv") != {"place": VENV}


def find_python(wanted_python):
    if wanted_python:
        found = version_of(wanted_python)
        if found is None:
            raise SetUpError("PYTHON={} does not run.".format(wanted_python))
        if found[:2] >= OLDEST:
            return wanted_python
        raise SetUpError(
            "PYTHON={} is Python {}; dingdian needs {} or newer.".format(
                wanted_python, dotted(found), dotted(OLDEST)
            )
        )
    seen = []
    for name in [sys.executable, "python3", "python3.14", "python3.13", "python3.12", "python3.11"]:
        found = version_of(name) if name else None
        if found and found[:2] >= OLDEST:
            return name
        if found and dotted(found) not in seen:
            seen.append(dotted(found))
    raise SetUpError(
        "dingdian needs Python {} or newer, and only {} is here.\n"
        "  Debian 12 or newer:  apt-get install python3 python3-venv\n"
        "  one elsewhere:       make PYTHON=/path/to/python3.12 …".format(
            dotted(OLDEST), ", ".join(seen) or "none"
        )
    )


def make_venv(wanted_python):
    python = find_python(wanted_python)
    version = version_of(python)
    say("making .venv with Python {}".format(dotted(version)))
    if os.path.islink(VENV):
        os.unlink(VENV)
    elif os.path.exists(VENV):
        shutil.rmtree(VENV)
    made = subprocess.run(
        [python, "-m", "venv", VENV],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetUpError(
            "Python {} could not make a virtual environment.\n"
            "  On Debian and Ubuntu:  apt-get install python3-venv\n\n{}".format(
                dotted(version), made.stdout.decode("utf-8", "replace").strip()
            )
        )
    write_stamp("venv", {"place": VENV})
    return version


# ------------------------------------------------------------------ installing


def install_lock(lock):
    path = os.path.join("requirements", lock + ".txt")
    with open(os.path.join(ROOT, path), encoding="utf-8") as lines:
        pins = [line for line in lines if re.match(r"[A-Za-z0-9].*==", line)]
    total = len({pin.split("==")[0] for pin in pins if "'win32'" not in pin})
    say("installing {} packages {} ({})".format(total, TITLES[lock], path))
    started = time.monotonic()
    pip(["--require-hashes", "-r", path], total)
    say("installed in {:.0f} s".format(time.monotonic() - started))


def install_project():
    say("installing dingdian itself, editable")
    pip(["--no-deps", "--no-build-isolation", "--no-index", "-e", "."], 0)


def compile_messages():
    """Compile the catalogues of translations that changed since (tools/messages.py)."""
    catalogues = []
    for folder, _, files in os.walk(os.path.join(ROOT, "src", "dingdian", "web")):
        catalogues += [os.path.join(folder, name) for name in files if name == "django.po"]
    compiled = [path[:-2] + "mo" for path in catalogues]
    wanted = {"lock": digest(sorted(catalogues))}
    if read_stamp("messages") != wanted or not all(map(os.path.exists, compiled)):
        script = os.path.join("tools", "messages.py")
        if subprocess.call([VENV_PYTHON, script, "compile"], cwd=ROOT) != 0:
            raise SetUpError("the catalogues of translations could not be compiled.")
        write_stamp("messages", wanted)


def compile_project():
    """Compile what has changed: pip compiles what it installs, but nothing that is editable.

    Where Python may not write bytecode (PYTHONDONTWRITEBYTECODE), each command would do it again.
    """
    code = os.path.join("src", "dingdian")
    subprocess.call([VENV_PYTHON, "-m", "compileall", "-qq", code], cwd=ROOT)


def build_assets():
    say("fetching fonts and scripts (tools/assets)")
    started = time.monotonic()
    code = subprocess.call([VENV_PYTHON, os.path.join("tools", "assets", "build.py")], cwd=ROOT)
    if code == 130:
        raise KeyboardInterrupt
    if code != 0:
        raise SetUpError("the fonts and scripts that reports need are not there.")
    say("fetched in {:.0f} s".format(time.monotonic() - started))


def pip(arguments, total):
    """Run pip install; show a short line per package; on failure show the end of its output."""
    command = [VENV_PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    process = subprocess.Popen(
        [*command, "--progress-bar", "off", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        output = follow(process.stdout or (), total)
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise
    if process.wait() != 0:
        raise SetUpError(explain(output, " ".join(arguments)))


def follow(lines, total):
    """Show how far pip is; give its lines back."""
    output = []
    seen = 0
    for raw in lines:
        line = raw.decode("utf-8", "replace").rstrip()
        output.append(line)
        fetched = FETCHED.match(line.split(" (from ")[0])
        if fetched and seen < total:
            seen += 1
            progress("{:>3}/{} {}".format(seen, total, fetched.group(1)))
        elif line.startswith("Installing collected packages") and total:
            progress("unpacking")
    if total:
        progress("")
    return output


def explain(output, what):
    text = "\n".join(output)
    tail = "\n".join("  | " + line for line in output[-15:])
    if "DO NOT MATCH THE HASHES" in text:
        why = (
            "a downloaded file is not the one the lock names. Nothing of it was installed.\n"
            "  A mirror may be serving another build; try again, or another mirror."
        )
    elif any(sign in text for sign in NO_REGISTRY):
        why = (
            "pip could not get a package from a package registry.\n"
            "  Is this machine on a network? A mirror is named with PIP_INDEX_URL=…,\n"
            "  a proxy with HTTPS_PROXY=…, a folder of wheels with PIP_FIND_LINKS=…"
        )
    else:
        why = "pip failed."
    return "{}\n  (pip install {})\n{}".format(why, what, tail)


# ------------------------------------------------------------------ stamps


def digest(paths):
    total = hashlib.sha256()
    for path in paths:
        with open(os.path.join(ROOT, path), "rb") as file:
            total.update(hashlib.sha256(file.read()).digest())
    return total.hexdigest()


def fingerprint_of_lock(lock):
    return digest([os.path.join("requirements", part + ".txt") for part in LOCKS[lock]])


def stamp_path(name):
    return os.path.join(VENV, ".dingdian-{}.json".format(name))


def read_stamp(name):
    try:
        with open(stamp_path(name), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def write_stamp(name, content):
    unfinished = stamp_path(name) + ".part"
    with open(unfinished, "w", encoding="utf-8") as file:
        json.dump(content, file)
    os.replace(unfinished, stamp_path(name))


# ------------------------------------------------------------------ speaking


def say(sentence):
    sys.stderr.write("set-up: {}\n".format(sentence))
    sys.stderr.flush()


def progress(sentence):
    """One line that is overwritten in a terminal, one short line each where it is not one."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K" + ("set-up: " + sentence if sentence else ""))
    elif sentence:
        sys.stderr.write("set-up: {}\n".format(sentence))
    sys.stderr.flush()


def dotted(version):
    return ".".join(str(part) for part in version)


if __name__ == "__main__":
    sys.exit(main())
