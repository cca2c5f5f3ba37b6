"""tests.quality.mutants: rooms are asked for by their names, and what is said of them is of lines that are there."""

import pytest

from config.files.yaml import read_yaml
from tests.quality.mutants.rooms import ROOMS, Room
from tests.quality.mutants.run import LISTED, main


def test_a_room_that_is_not_there_is_named_and_no_success(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["no-such-room"])

    assert ended.value.code == 2
    assert "no such room: no-such-room; there are " in capsys.readouterr().err


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_what_no_test_can_notice_stands_in_a_module_of_its_room(room: Room) -> None:
    listed = read_yaml(LISTED).data
    assert isinstance(listed, dict)

    lines = {line.strip() for file in room.files() for line in file.read_text(encoding="utf-8").splitlines()}

    assert {one["was"] for one in listed.get(room.name, ())} - lines == set()
    assert room.judges()
