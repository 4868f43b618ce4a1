"""A plan with true files that is taken on its way."""

import shutil

import pytest

from tests.dossiers import WAY
from tests.web.procedures import BEGUN, make_plan, take


@pytest.fixture(scope="session")
def folder(tmp_path_factory, sample_ledger):
    """A true plan of the sample, without its papers."""
    from dingdian.wiring.plans import PlanRequest, write_plan

    out = tmp_path_factory.mktemp("plan") / "plan"
    asked = PlanRequest(sample_ledger, "daxinganling", 2026, documents=False, papers=False)
    write_plan(asked, out, force=False, progress=lambda *_: None)
    for copy in ("census", "policy"):  # not needed here, and long to copy
        shutil.rmtree(out / copy)
    (out / "papers").mkdir()
    (out / "papers" / "resource_plan.docx").write_bytes(b"PK draft")
    return out


@pytest.fixture
def plan(db, folder, tmp_path, settings):
    from dataclasses import replace

    data = tmp_path / "data"
    for name in ("uploads", "plans"):
        (data / name).mkdir(parents=True)
    settings.CONFIG = replace(settings.CONFIG, data=data)
    return make_plan(folder)


@pytest.fixture
def walk(plan, user):
    """Takes the plan up to before a step."""

    def to(step, of=plan):
        for each in WAY[: WAY.index(step)]:
            take(of, user, each, BEGUN)
        return of

    return to
