"""One small real run and its site for all tests of this folder."""

import pytest

from dashboards import site
from storage import database
from tests.dashboards import projects


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    return projects.real_run(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="session")
def built(project):
    """The site of the small run: seven pages, three replays."""
    database.refresh(project.store)
    return site.build(project.store, project.run, replays=3)
