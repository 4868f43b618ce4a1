"""Words of the pages: one word for one thing."""

import polib
import pytest

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
