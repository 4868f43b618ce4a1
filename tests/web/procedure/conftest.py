"""A plan with true files that is taken on its way."""

import pytest

from tests.dossiers import WAY
from tests.web.procedures import BEGUN, make_plan, take


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
