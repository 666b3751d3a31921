from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.sinks.stores import Stores


@pytest.fixture(scope="module")
def stores(stack, request) -> Stores:
    """Both stores, migrated and empty, for one test module."""
    with ThreadPoolExecutor(1) as pool:  # the main thread's event loop is the tests'
        return pool.submit(Stores, request.module.__name__.rpartition(".")[2]).result()
