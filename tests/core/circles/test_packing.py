from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingdian.core.circles.packing import Packing

NUMBERS = st.integers(0, 2**20 - 1)


@pytest.mark.parametrize("most", [2**20, 2**23, 2**33])
@given(triples=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), unique_by=lambda each: each[:2]))
def test_triples_come_out_in_order(most: int, triples: list[tuple[int, int, int]]) -> None:
    packing = Packing.of(2**20, 2**20, most)
    assert packing.fits == (most < 2**21)
    columns = np.array(triples, np.int64).reshape(-1, 3).T
    halves = [packing.packed(*columns[:, ::2]), packing.packed(*columns[:, 1::2])]
    first, second, third = packing.in_order(halves)
    assert list(zip(first, second, third, strict=True)) == sorted(triples)
    assert (first.dtype, second.dtype, third.dtype) == (np.int32, np.int32, np.int64)
