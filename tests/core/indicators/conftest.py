"""The folder of real data, for tests that compare with known answers."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def data_folder():
    """The folder that DINGDIAN_DATA names; without it properties and slow oracles stand in."""
    folder = os.environ.get("DINGDIAN_DATA")
    if not folder:
        pytest.skip("DINGDIAN_DATA names no folder of real data")
    return Path(folder)
