"""The traded stack, started once for all tests of this folder."""

from __future__ import annotations

import pytest

from tests.proof.traded import traded


@pytest.fixture(scope="package")
async def own(tmp_path_factory):
    async with traded(tmp_path_factory.mktemp("days") / "day") as running:
        yield running
