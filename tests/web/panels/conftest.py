"""A clerk, and a panel drawn for a case in evaluation."""

from dataclasses import replace

import pytest

from dingdian.web.rights import Role
from tests.web import panelling


@pytest.fixture(autouse=True)
def _uploads_go(tmp_path, settings):
    data = tmp_path / "data"
    (data / "uploads").mkdir(parents=True)
    settings.CONFIG = replace(settings.CONFIG, data=data)
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def clerk(signed_in):
    return signed_in(Role.CLERK)


@pytest.fixture
def case(db):
    return panelling.evaluating()


@pytest.fixture
def panel(clerk, case):
    """A panel of five out of eight experts; nobody of them has a user."""
    panelling.make_experts()
    return panelling.drawn(clerk, case)
