"""Long work in words: every kind, and every step that a piece of work tells."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.module_loading import autodiscover_modules

import dingdian
from dingdian.web import clock
from dingdian.web.jobs import running
from dingdian.web.jobs.models import KINDS, Job
from dingdian.web.plans.making import STEPS
from dingdian.web.rights import Role

ROOT = Path(dingdian.__file__).parent
CHINESE = re.compile(r"[一-鿿]")


def _trees(*under):
    for path in sorted(each for part in under for each in (ROOT / part).rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def _calls(tree, *names):
    """The first thing that is given to each call of these names."""
    for node in ast.walk(tree):
        named = isinstance(node, ast.Call) and getattr(
            node.func, "attr", getattr(node.func, "id", "")
        )
        if named in names and node.args:
            yield node.args[0]


def _texts():
    """The texts that the modules of the web system mark as those of a step."""
    for _, tree in _trees("web"):
        yield from (each.value for each in _calls(tree, "gettext_noop"))


def test_every_kind_has_words_and_no_words_are_of_none():
    autodiscover_modules("handlers")
    ours = {
        kind for kind, does in running.HANDLERS.items() if does.__module__.startswith("dingdian")
    }
    assert set(KINDS) == ours


def test_every_kind_and_every_step_is_said_in_the_language_of_the_page():
    steps = set(_texts())
    assert len(steps) > 20
    with translation.override("zh-hans"):
        said = {str(each) for each in KINDS.values()} | {translation.gettext(s) for s in steps}
    assert [each for each in sorted(said) if not CHINESE.search(each)] == []
    with translation.override("en"):
        said = {str(each) for each in KINDS.values()} | {translation.gettext(s) for s in steps}
    assert [each for each in sorted(said) if CHINESE.search(each)] == []


def test_no_step_is_told_as_a_bare_text():
    """A text that gettext does not know would be shown as it stands."""
    bare = [
        (path.name, step.value)
        for path, tree in _trees("web")
        for step in _calls(tree, "tell", "say")
        if isinstance(step, ast.Constant) and step.value not in STEPS
    ]
    assert [each for each in bare if each[0] != "serving.py"] == []  # that one tells systemd


def test_whatever_the_making_of_a_plan_tells_is_a_step():
    told = {
        each.value
        for name in ("wiring/plans.py", "core/plan.py")
        for each in _calls(ast.parse((ROOT / name).read_text("utf-8")), "progress")
    }
    assert {"measures", "papers"} <= told
    # Of a file that only the command line is given: the web system plans its own ledger.
    assert told - set(STEPS) == {"census"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "核对上传文件|正在读取文件: 机构表"),
        ("en", "check of an upload|reading the files: 机构表"),
    ],
)
def test_the_pages_say_kind_and_step(signed_in, language, words):
    step = "reading the files: 机构表"
    job = Job.objects.create(
        kind="import_check", about="import:7", step=step, state="running", asked_at=clock.now()
    )
    client = signed_in(Role.PLANNER, language)
    kind, step = words.split("|")
    listed = client.get("/jobs/").content.decode()
    assert kind in listed
    assert step in listed
    assert "import_check" not in listed
    assert step in client.get(f"/jobs/{job.pk}").content.decode()
