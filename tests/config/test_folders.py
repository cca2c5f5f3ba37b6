"""config.folders: the data folder is made for its owner alone, or refused."""

from functools import partial
from pathlib import Path

import pytest

from config.errors import ConfigRefused
from config.folders import made_once, ready_data_folder
from config.settings import Settings
from tests.at_once import at_once


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    made = ready_data_folder(Settings(data_folder=tmp_path / "a" / "data"))

    assert made == tmp_path / "a" / "data"
    assert made.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)

    assert ready_data_folder(Settings(data_folder=tmp_path)).stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("inside", ["", "data"])
def test_a_file_in_the_place_of_the_folder_is_named(inside: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ConfigRefused, match="is or lies in a file, not a folder"):
        ready_data_folder(Settings(data_folder=tmp_path / "file" / inside))


def test_what_is_made_once_stays_as_the_first_made_it_and_is_its_owners_alone(tmp_path: Path) -> None:
    made = [made_once(tmp_path / "key", text) for text in ("first", "second")]

    assert made == ["first", "first"]
    assert [file.name for file in tmp_path.iterdir()] == ["key"]
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_what_many_threads_make_at_once_is_one_of_theirs_whole(tmp_path: Path) -> None:
    texts = [str(number) * 40 for number in range(8)]

    made = at_once(*[partial(made_once, tmp_path / "key", text) for text in texts])

    assert len(set(made)) == 1
    assert made[0] in texts
    assert [file.name for file in tmp_path.iterdir()] == ["key"]
