"""The yearly assessment on screen: a supervisor of the whole place, and the sample's workbook."""

import shutil
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict

from dingdian.web.rights import Role

YEAR = 2025


@pytest.fixture(autouse=True)
def _uploads_go(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path / "data")
    (tmp_path / "data" / "uploads").mkdir(parents=True)


@pytest.fixture
def whole_place(user):
    """The supervisor's right holds in the whole place."""
    user(Role.SUPERVISOR).grants.update(region="")


@pytest.fixture
def supervisor(signed_in, whole_place):
    return signed_in(Role.SUPERVISOR)


@pytest.fixture(scope="session")
def workbook(sample_ledger):
    """The bytes of the sample's workbook of scores."""
    return (sample_ledger / "assessment" / "assessment.xlsx").read_bytes()


@pytest.fixture
def campaign(supervisor):
    from dingdian.web.assessments.models import Campaign

    supervisor.post("/assessments/", {"year": YEAR, "appeals_through": "2099-12-31"})
    return Campaign.objects.get(year=YEAR)


@pytest.fixture
def hand_in(supervisor, campaign, work):
    """Hands a file in as the next version and lets it be assessed."""
    from dingdian.web.assessments.models import Version

    def upload(content, name="得分.xlsx", remark=""):
        file = SimpleUploadedFile(name, content)
        answer = supervisor.post(f"/assessments/{YEAR}/upload", {"files": [file], "remark": remark})
        if answer.status_code != 302:
            return answer
        work()
        return Version.objects.get(pk=int(answer["Location"].rpartition("/")[2]))

    return upload


@pytest.fixture(scope="session")
def _written(tmp_path_factory):
    """The first version that was made: its folder and its rows."""
    return {"folder": tmp_path_factory.mktemp("assessed") / "kept"}


@pytest.fixture
def assessed(hand_in, campaign, workbook, _written):
    """The first version, assessed; a copy of one that was made once for all tests."""
    from dingdian.web.assessments.models import Result, Version

    kept = _written["folder"]
    if not kept.is_dir():
        made = hand_in(workbook, "assessment.xlsx")
        assert made.state == "assessed", made.groups
        shutil.copytree(made.place, kept)
        _written["version"] = model_to_dict(made, exclude=("id", "campaign", "base"))
        _written["results"] = [
            model_to_dict(each, exclude=("id", "version")) for each in made.results.all()
        ]
        return made
    found = Version.objects.create(campaign=campaign, **_written["version"])
    shutil.copytree(kept, found.place)
    Result.objects.bulk_create(Result(version=found, **each) for each in _written["results"])
    return found
