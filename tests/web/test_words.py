"""Words of the pages: one word for one thing."""

import polib
import pytest

from dingdian.web import clock
from dingdian.web.plans.models import Submission
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT
from tools.messages import NAME, WEB, areas

AREAS = [area for area in areas() if (area / NAME).exists()]
#: Words that pages do not use -> the one that they do.
NOT_USED = {"县区": "区县"}


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.relative_to(WEB).as_posix())
def test_pages_use_one_word_for_one_thing(area):
    said = [
        text
        for entry in polib.pofile(str(area / NAME))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    ]
    assert [text for text in said for word in NOT_USED if word in text] == []


@pytest.mark.parametrize(
    ("n", "said"), [(1, "Send 1 draft of a submission"), (2, "Send 2 drafts of submissions")]
)
def test_one_is_not_many_in_english(signed_in, n, said):
    asked = {"region": DISTRICT, "year": 2031, "asked": 1, "reason": "试", "at": clock.now()}
    for resource in ("pharmacies", "medical_institutions")[:n]:
        Submission.objects.create(**asked, resource=resource, by="county")
    assert said in signed_in(Role.COUNTY, "en").get("/tasks").content.decode()
