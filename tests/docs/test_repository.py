"""The files of the repository against each other and against the program."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tools.reference.commands import contexts

ROOT = Path(__file__).resolve().parents[2]
PAIRS = [
    ("README.md", "README.zh-CN.md"),
    ("docs/guide/planner.md", "docs/guide/planner.zh-CN.md"),
    ("docs/guide/new-city.md", "docs/guide/new-city.zh-CN.md"),
    ("docs/guide/map-page.md", "docs/guide/map-page.zh-CN.md"),
    ("docs/guide/admission.md", "docs/guide/admission.zh-CN.md"),
    ("docs/guide/papers.md", "docs/guide/papers.zh-CN.md"),
    ("docs/guide/deployment.md", "docs/guide/deployment.zh-CN.md"),
]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
#: Where a machine or a registry would show: folders of one machine, hosts of packages.
TRACES = ["/" + "work/", "/" + "root/", "/" + "home/", "py" + "pi.org", "python" + "hosted"]


def committed():
    """Every file that git tracks and that still stands in the working tree."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a working tree of git")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def pages():
    return [path for path in committed() if path.suffix == ".md"]


def text(name):
    return (ROOT / name).read_text("utf-8")


def prose(name):
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", text(name), flags=re.DOTALL | re.MULTILINE)


def anchors(page):
    """The places in a page that a link may name: its headings, and anchors set by hand."""
    content = page.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", content, re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading).strip().lower() for heading in headings)
    slugs = {heading.replace(" ", "-") for heading in plain}
    return slugs | set(re.findall(r'<a id="([^"]+)">', content))


def commands():
    """Every command that does something, as it is typed."""
    return [each.command_path for each in contexts() if not hasattr(each.command, "commands")]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/reference/cli.md"])
def test_every_command_is_named(page):
    named = text(page)

    assert commands() != []
    assert [command for command in commands() if command not in named] == []


def test_every_command_and_option_has_help():
    silent = [
        f"{context.command_path} {parameter.name}"
        for context in contexts()
        for parameter in context.command.params
        if parameter.param_type_name == "option" and not getattr(parameter, "help", None)
    ]

    assert [context.command_path for context in contexts() if not context.command.help] == []
    assert silent == []


def test_every_link_resolves():
    broken = []
    for page in pages():
        for link in LINK.findall(page.read_text("utf-8")):
            if "://" in link:
                continue
            name, _, anchor = link.partition("#")
            target = (page.parent / name).resolve() if name else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                broken.append(f"{page.relative_to(ROOT)}: {link}")

    assert broken == []


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_have_the_same_parts(english, chinese):
    def shape(name):
        return [line.split(" ")[0] for line in prose(name).splitlines() if line.startswith("#")]

    def typed(name):
        return re.findall(r"(?:make|dingdian|\.venv/bin/dingdian) [^`\n]+", text(name))

    def rows(name):
        return sum(line.startswith("|") for line in text(name).splitlines())

    assert shape(english) == shape(chinese)
    assert rows(english) == rows(chinese)
    assert {each for each in typed(english) if each.startswith(".venv")} == {
        each for each in typed(chinese) if each.startswith(".venv")
    }


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_have_the_same_commands(english, chinese):
    def commands_in(name):
        blocks = re.findall(r"^```sh\n(.*?)^```", text(name), re.DOTALL | re.MULTILINE)
        return blocks + re.findall(r"^\| `((?:make|dingdian)[^`]*)`", text(name), re.MULTILINE)

    assert commands_in(english) == commands_in(chinese)


def test_every_task_of_the_makefile_is_explained():
    tasks = re.findall(r"^([a-z-]+):.*## ", text("Makefile"), re.MULTILINE)
    named = text("CONTRIBUTING.md") + text("README.md")
    own = set(tasks) - {"help", "clean"}

    assert {task for task in own if f"make {task}" not in named} == set()


def test_no_trace_of_a_machine_or_a_registry():
    found = []
    for path in committed():
        content = path.read_bytes().decode("utf-8", "ignore")
        found += [f"{path.relative_to(ROOT)}: {trace}" for trace in TRACES if trace in content]

    assert found == []


def test_every_decision_has_its_four_parts_in_few_lines():
    for path in sorted((ROOT / "docs" / "adr").glob("*.md")):
        lines = path.read_text("utf-8").splitlines()
        heads = [line for line in lines if line.startswith("## ")]

        assert heads == ["## Why", "## Decision", "## Consequences"], path.name
        assert lines[2].startswith("Status: "), path.name
        assert lines[0].startswith(f"# {path.name[:4]} "), path.name


def test_the_version_is_said_once():
    project = tomllib.loads(text("pyproject.toml"))["project"]

    assert f"## [{project['version']}]" in text("CHANGELOG.md") or "[Unreleased]" in text(
        "CHANGELOG.md"
    )
    assert project["readme"] == "README.md"
    assert project["license"] in text("README.md")
