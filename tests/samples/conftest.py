from __future__ import annotations

import pytest

from dingdian.samples import SAMPLES, Sample


@pytest.fixture(scope="session", params=sorted(SAMPLES))
def sample(request: pytest.FixtureRequest) -> Sample:
    return SAMPLES[request.param]()


@pytest.fixture(scope="session")
def dx() -> Sample:
    return SAMPLES["daxinganling"]()


@pytest.fixture(scope="session")
def sy() -> Sample:
    return SAMPLES["shenyang"]()
