"""web.app.disk: whether the deployment can still write, asked of the disk at most every few seconds."""

import shutil
from collections.abc import Callable
from pathlib import Path

from web.app.disk import EVERY_SECONDS, DiskProbe


def test_a_folder_that_can_be_written_to_is_ok_and_nothing_stays_in_it(tmp_path: Path) -> None:
    assert DiskProbe([tmp_path, tmp_path]).state(now=0.0) == "ok"
    assert list(tmp_path.iterdir()) == []


def test_one_folder_that_is_gone_is_down_whatever_the_others_are(tmp_path: Path) -> None:
    assert DiskProbe([tmp_path, tmp_path / "gone"]).state(now=0.0) == "down"


def test_who_asks_again_soon_is_told_what_was_found_before(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    probe = DiskProbe([folder])

    before = probe.state(now=10.0)
    shutil.rmtree(folder)

    assert [before, probe.state(now=10.0 + EVERY_SECONDS - 1), probe.state(now=10.0 + EVERY_SECONDS)] == [
        "ok",
        "ok",
        "down",
    ]


def test_a_full_disk_is_down_until_there_is_room(small_disk: Path, fill: Callable[[Path], Path]) -> None:
    probe = DiskProbe([small_disk], every_seconds=1.0)

    ballast = fill(small_disk)
    full = probe.state(now=0.0)
    ballast.unlink()

    assert [full, probe.state(now=1.0)] == ["down", "ok"]
