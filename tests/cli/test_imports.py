"""No command imports what it does not use: starting would take longer for everyone."""

import os
import subprocess
import sys

import pytest

PROBE = """
import sys
from dingdian.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
HEAVY = {
    "django",
    "docx",
    "docxtpl",
    "fontTools",
    "lxml",
    "matplotlib",
    "typst",
    "jinja2",
    "numpy",
    "polars",
    "psycopg",
    "pydantic",
    "python_calamine",
    "osmium",
    "rich",
    "scipy",
    "shapely",
    "xlsxwriter",
    "yaml",
}
#: What only the papers need.
PAPERS = {"docx", "docxtpl", "fontTools", "lxml", "matplotlib", "typst"}
#: What only the ledger of cases needs.
LEDGER = {"django", "psycopg"}
PLAN = ("--policy", "daxinganling", "--year", "2026", "--force")


def imported(*words, cwd):
    """The heavy packages that a command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        capture_output=True,
        check=True,
        cwd=cwd,
        encoding="utf-8",
        env=os.environ,
    )
    return HEAVY & set(done.stderr.splitlines()[-1].split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a ledger and its plan."""
    below = tmp_path_factory.mktemp("imports")
    imported("sample", "daxinganling", "--out", "ledger", cwd=below)
    imported("plan", "ledger", *PLAN, "--out", "plan", "--no-documents", cwd=below)
    return below


@pytest.mark.parametrize("words", ["--help", "--version", "plan --help", "explain --help"])
def test_help_imports_nothing_heavy(words, tmp_path):
    assert imported(*words.split(), cwd=tmp_path) == set()


@pytest.mark.parametrize(
    ("words", "unused"),
    [
        ("sample daxinganling --out s", {"jinja2", "pydantic", "shapely", "yaml"}),
        ("template --out t.xlsx", {"jinja2", "pydantic", "shapely", "yaml"}),
        ("check ledger", {"jinja2", "xlsxwriter", "yaml"}),
        ("check ledger --out c.xlsx", {"jinja2", "yaml"}),
        (f"plan ledger {' '.join(PLAN)} --out p --no-documents", {"jinja2", "xlsxwriter"}),
        ("explain plan pharmacies.232700", {"jinja2", "shapely", "xlsxwriter", "yaml"}),
        ("policy check", {"jinja2", "python_calamine", "shapely", "xlsxwriter"}),
        (
            "policy show shenyang --on 2026-01-01",
            {"jinja2", "python_calamine", "shapely", "xlsxwriter"},
        ),
    ],
)
def test_a_command_leaves_out_what_it_does_not_use(words, unused, folder):
    assert imported(*words.split(), cwd=folder) & (unused | PAPERS | LEDGER | {"polars"}) == set()
