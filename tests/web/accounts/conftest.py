"""A user without a role."""

import pytest

from dingdian.web.accounts.models import User
from tests.web.signing import PASSWORD


@pytest.fixture
def someone(db):
    return User.objects.create(
        username="li.na", name="李娜", password=PASSWORD, office="待遇科", must_change=False
    )
