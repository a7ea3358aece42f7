import pytest

from tests.dialogue.phrasing.evidence import SORTS, make_domain


@pytest.fixture(scope="session")
def domains(tmp_path_factory):
    """Sort (a key of SORTS) -> a loaded domain of it."""
    return {sort: make_domain(sort, tmp_path_factory.mktemp("domain")) for sort in SORTS}
