"""The pictures of the guides: what the tests took in Chromium, made small.

The browser tests write ``test-results/screens/<zh|en>/<name>.png``. This runs those that take the
pictures of the guides (``--kept``: takes what lies there) and copies them, reduced, to
``docs/guide/pictures/<zh|en>/``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from itertools import product
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "test-results" / "screens"
PICTURES = ROOT / "docs" / "guide" / "pictures"
LANGUAGES = ("zh", "en")
#: The file of tests that takes a picture -> names of its pictures.
TAKEN_BY = {
    "test_accounts.py": ("journal", "second-factor-set-up", "shelf", "users"),
    "test_desk.py": ("overview-planner", "tasks"),
    "test_every_screen.py": (
        "assessor-assessments-results",
        "clerk-cases-one",
        "clerk-panels-one",
        "clerk-rounds-one",
        "evaluator-evaluations-one",
        "supervisor-complaints-list",
        "supervisor-surveys-one",
    ),
    "test_imports.py": ("imports-2-quality", "imports-3-preview"),
    "test_ledger.py": ("institution", "institutions"),
    "test_maps.py": ("site_answer",),
    "test_plans.py": ("plan-compare-quotas", "plan-figure-beds", "plan-version-conclusions"),
    "test_portal.py": ("portal-apply", "portal-asked", "portal-home"),
    "test_procedure.py": ("procedure-drafting", "procedure-step-fair"),
    "test_public.py": ("public-consultation-open-desk", "public-home-desk", "public-home-phone"),
}
NAMES = tuple(sorted(name for names in TAKEN_BY.values() for name in names))
WIDTH = 1100
#: What is tried, the best first, until a picture is small enough.
HEIGHTS, COLOURS = (800, 640, 500), (256, 64, 32)
MOST_BYTES = 90_000


def reduce(source: Path, target: Path) -> int:
    """Writes the top of a picture, narrower and with few colours; its size in bytes."""
    with Image.open(source) as opened:
        image = opened.convert("RGB")
    if image.width > WIDTH:
        height = round(image.height * WIDTH / image.width)
        image = image.resize((WIDTH, height), Image.Resampling.LANCZOS)
    target.parent.mkdir(parents=True, exist_ok=True)
    for height, colours in product(HEIGHTS, COLOURS):
        top = image.crop((0, 0, image.width, min(image.height, height)))
        top.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size < MOST_BYTES:
            break
    return target.stat().st_size


def take() -> None:
    """Runs the browser tests that take the pictures; their faults end it."""
    tests = [f"tests/web/browser/{name}" for name in TAKEN_BY]
    subprocess.run([sys.executable, "-m", "pytest", "-q", *tests], cwd=ROOT, check=True)


def main() -> int:
    """Takes the pictures and copies them; tells what is missing or too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", action="store_true", help="take what the last tests left")
    if not parser.parse_args().kept:
        take()
    wrong = []
    for language in LANGUAGES:
        for name in NAMES:
            source = SCREENS / language / f"{name}.png"
            if not source.is_file():
                wrong.append(f"{language}/{name}: not taken")
            elif reduce(source, PICTURES / language / f"{name}.png") >= MOST_BYTES:
                wrong.append(f"{language}/{name}: over {MOST_BYTES} bytes")
    print("\n".join(wrong) or f"{len(NAMES)} pictures in each language", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
