"""tests.quality.mutants.run: rooms are asked for by their names."""

import pytest

from tests.quality.mutants.run import main


def test_a_room_that_is_not_there_is_named_and_no_success(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["no-such-room"])

    assert ended.value.code == 2
    assert "no such room: no-such-room; there are " in capsys.readouterr().err
