"""Catalogues of translations: gather what the pages say, and compile what was translated.

``python tools/messages.py gather`` writes ``locale/zh_Hans/LC_MESSAGES/django.po`` of every area
anew (needs GNU gettext); what was translated stays.  ``… compile`` makes the ``.mo`` files that
Django reads, with polib: the set-up does that.  ``… check`` fails on what is not translated.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "src" / "dingdian" / "web"
NAME = Path("locale") / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = (
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext:1,2", "ngettext_lazy:1,2",
    "pgettext:1c,2", "pgettext_lazy:1c,2", "npgettext:1c,2,3",
)  # fmt: skip


def areas() -> list[Path]:
    """The folders that have a catalogue: the frame, and every area with pages."""
    return [WEB, *sorted(path.parent for path in WEB.glob("*/apps.py"))]


def sources(area: Path) -> list[Path]:
    """The Python files and templates of an area, without those of areas within it."""
    inner = [each for each in areas() if each != area and area in each.parents]
    found = [*area.rglob("*.py"), *area.rglob("*.html"), *area.rglob("*.txt")]
    return sorted(
        path
        for path in found
        if not any(each in path.parents for each in inner) and "migrations" not in path.parts
    )


def gathered(area: Path) -> polib.POFile:
    """What the files of an area say, without translations."""
    import django
    from django.conf import settings
    from django.utils.translation import templatize

    if not settings.configured:
        settings.configure()
        django.setup()
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for path in sources(area):
            name = path.relative_to(area).as_posix()
            text = path.read_text("utf-8")
            if path.suffix != ".py":
                text = templatize(text, origin=name)
            copy = Path(folder) / f"{name}.py"
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, "utf-8")
            names.append(f"{name}.py")
        if not names:
            return polib.POFile()
        words = ["xgettext", "--language=Python", "--from-code=UTF-8", "--no-wrap", "--omit-header"]
        words += ["--output=-", "--add-comments=Translators", *(f"--keyword={k}" for k in KEYWORDS)]
        done = subprocess.run([*words, *names], cwd=folder, capture_output=True, check=True)
    return polib.pofile(done.stdout.decode("utf-8"))


def merged(area: Path) -> polib.POFile:
    """The catalogue of an area: what it says now, with the translations that it had."""
    path = area / NAME
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(each.msgctxt, each.msgid): each for each in old}
    made = polib.POFile(wrapwidth=10_000)
    made.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "zh_Hans",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for each in sorted(gathered(area), key=lambda entry: (entry.msgid, entry.msgctxt or "")):
        had = known.get((each.msgctxt, each.msgid))
        flags = [flag for flag in each.flags if "format" in flag]
        plural = {0: (had.msgstr_plural.get(0, "") if had else "")} if each.msgid_plural else {}
        made.append(
            polib.POEntry(
                msgid=each.msgid,
                msgctxt=each.msgctxt,
                msgid_plural=each.msgid_plural,
                msgstr="" if each.msgid_plural or had is None else had.msgstr,
                msgstr_plural=plural,
                flags=flags,
            )
        )
    return made


def untranslated() -> list[str]:
    """What is gathered now and has no translation, or is no longer gathered: one line each."""
    faults: list[str] = []
    if shutil.which("xgettext") is None:
        print("messages: no xgettext here (apt-get install gettext): not checked", file=sys.stderr)
        return faults
    for area in areas():
        made, path = merged(area), area / NAME
        here = area.relative_to(ROOT)
        faults += [f"{here}: {e.msgid!r} is not translated" for e in made if not e.translated()]
        stored = path.read_text("utf-8") if path.exists() else ""
        if len(made) and stored != str(made) + "\n":
            faults.append(f"{here}: stale; run python tools/messages.py gather")
    return faults + clashes()


def clashes() -> list[str]:
    """What two areas translate differently: Django joins all catalogues, so one would win."""
    said: dict[tuple[str | None, str], dict[str, list[str]]] = {}
    for area in areas():
        if (area / NAME).exists():
            for each in polib.pofile(str(area / NAME)):
                text = each.msgstr_plural.get(0, "") if each.msgid_plural else each.msgstr
                by_text = said.setdefault((each.msgctxt, each.msgid), {})
                by_text.setdefault(text, []).append(area.name)
    return [
        f"{msgid!r} is said in two ways: {by_text}; give one a context (pgettext)"
        for (_, msgid), by_text in said.items()
        if len(by_text) > 1
    ]


def main() -> int:
    asked = sys.argv[1] if len(sys.argv) > 1 else "compile"
    if asked == "gather":
        for area in areas():
            if len(made := merged(area)):
                (area / NAME).parent.mkdir(parents=True, exist_ok=True)
                (area / NAME).write_text(str(made) + "\n", "utf-8")
    elif asked == "check":
        faults = untranslated()
        print("\n".join(faults))
        return 1 if faults else 0
    for area in areas():
        if (area / NAME).exists():
            polib.pofile(str(area / NAME)).save_as_mofile(str((area / NAME).with_suffix(".mo")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
