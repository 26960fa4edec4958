"""What holds for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from simulator.scoring.remembered import FOLDER_VARIABLE


@pytest.fixture(autouse=True, scope="session")
def _own_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """References are remembered in a folder of these tests, not in the user's."""
    before = os.environ.get(FOLDER_VARIABLE)
    os.environ[FOLDER_VARIABLE] = str(tmp_path_factory.mktemp("memory"))
    yield
    if before is None:
        del os.environ[FOLDER_VARIABLE]
    else:
        os.environ[FOLDER_VARIABLE] = before
