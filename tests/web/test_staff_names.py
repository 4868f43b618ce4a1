"""Staff are shown by their names; the name of sign-in stands beside them on pointing."""

import pytest

from dingdian.web import clock
from dingdian.web.accounts.models import User
from dingdian.web.imports.models import Import
from dingdian.web.jobs.models import Job
from dingdian.web.rights import Role

SHOWN = '<span title="planner">某planner</span>'


@pytest.fixture
def seen(version, signed_in):
    """What a page with things of the planner says."""
    now = clock.now()
    upload = Import.objects.create(folder="f", name="a.xlsx", by="planner", uploaded_at=now)
    job = Job.objects.create(kind="none", by="planner", asked_at=now, state="done")
    found = {"plan": version.plan_id, "version": version.pk, "import": upload.pk, "job": job.pk}
    client = signed_in(Role.PLANNER)
    return lambda path: client.get(path.format(**found)).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/imports/",
        "/imports/{import}",
        "/jobs/",
        "/jobs/{job}",
        "/plans/{plan}",
        "/plans/versions/{version}",
    ],
)
def test_what_somebody_did_shows_the_name(seen, path):
    assert SHOWN in seen(path)


@pytest.mark.parametrize("state", ["applied", "undone"])
def test_who_applied_an_import_is_shown_by_name(seen, state):
    said = {"applied_by": "planner", "applied_at": clock.now(), "reason": "年度更新"}
    Import.objects.update(state=state, closed_at=clock.now(), **said)
    assert seen("/imports/{import}").count(SHOWN) == 2
    assert SHOWN in seen("/imports/{import}/apply")


def test_who_is_no_longer_a_user_keeps_what_was_written_down(seen):
    Job.objects.update(by="left <b>")
    assert "left &lt;b&gt;" in seen("/jobs/{job}")


def test_a_name_with_markup_is_only_a_name(seen):
    User.objects.filter(username="planner").update(name="<i>甲</i>")
    assert "&lt;i&gt;甲&lt;/i&gt;" in seen("/jobs/{job}")
