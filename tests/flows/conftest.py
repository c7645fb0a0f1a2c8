"""Projects to work on."""

import pytest

from flows.project import Project
from tests.flows.projects import small_project, started_project


@pytest.fixture
def project(tmp_path) -> Project:
    """A small project with the checkpoint of update 0."""
    return started_project(tmp_path / "data")


@pytest.fixture
def unstarted(tmp_path) -> Project:
    """A small project without a checkpoint."""
    return small_project(tmp_path / "data")
