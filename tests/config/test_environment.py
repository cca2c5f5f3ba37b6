"""config.environment: names that no setting has."""

import pytest

from config.environment import strays, without_strays
from config.settings import KNOWN


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("CARNIVAL_PROT", "CARNIVAL_PORT"),
        ("CARNIVAL_DATA_DIR", "CARNIVAL_DATA_FOLDER"),
        ("CARNIVAL_DATABASE", "CARNIVAL_DATABASE_URL"),
        ("CARNIVAL_DB_URL", "CARNIVAL_DATABASE_URL"),
        ("CARNIVAL_SECRETKEY", "CARNIVAL_SECRET_KEY"),
        ("CARNIVAL_POLICY", "CARNIVAL_POLICY_FILE"),
        ("carnival_hots", "CARNIVAL_HOST"),
        ("CARNIVAL_XYZZY", None),
        ("CARNIVAL_", None),
    ],
)
def test_a_name_that_no_setting_has_comes_with_the_nearest_one(name: str, meant: str | None) -> None:
    assert strays([name], known=KNOWN) == {name: meant}


@pytest.mark.parametrize(
    "name", [*sorted(KNOWN), "carnival_port", "CARNIVAL_FIXTURES", "CARNIVAL_TEST_MEILISEARCH_URL", "PORT", "CARNIVALS"]
)
def test_what_is_a_setting_or_of_the_tests_or_of_others_is_no_stray(name: str) -> None:
    assert strays([name], known=KNOWN) == {}


def test_children_see_everything_but_the_strays() -> None:
    given = {"CARNIVAL_PORT": "1", "CARNIVAL_XYZZY": "2", "PATH": "/bin"}

    assert without_strays(given, known=KNOWN) == {"CARNIVAL_PORT": "1", "PATH": "/bin"}
