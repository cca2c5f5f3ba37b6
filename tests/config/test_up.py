"""config.up: when the demo runs, which ports, what the children see."""

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from config.settings import Settings
from config.up import demo_port_of, environment, up_command, wants_demo


def test_the_demo_runs_in_a_new_folder_and_where_it_ran_before(tmp_path: Path) -> None:
    used, demo = tmp_path / "used", tmp_path / "demo"
    used.mkdir()
    demo.mkdir()
    (used / "carnival.db").touch()
    (demo / "carnival.db").touch()
    demo_port_of(demo, wanted=9001)

    assert wants_demo(Settings(data_folder=tmp_path), asked=None)
    assert not wants_demo(Settings(data_folder=used), asked=None)
    assert wants_demo(Settings(data_folder=demo), asked=None)
    assert wants_demo(Settings(data_folder=used), asked=True)
    assert not wants_demo(Settings(data_folder=demo), asked=False)


def test_the_demo_stays_away_from_records_that_lie_elsewhere(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path, database_url=f"sqlite:///{tmp_path / 'campaign.db'}")

    assert not wants_demo(settings, asked=None)
    assert wants_demo(settings, asked=True)


def test_the_simulator_keeps_the_port_of_the_first_run(tmp_path: Path) -> None:
    assert demo_port_of(tmp_path, wanted=9001) == 9001
    assert demo_port_of(tmp_path, wanted=9002) == 9001


def test_children_may_reach_the_simulator_and_no_other_private_host(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path, private_hosts=("127.0.0.1:7000",))

    with_demo = environment(settings, port=8081, demo=9001)
    without = environment(settings, port=8081, demo=None)

    assert json.loads(with_demo["CARNIVAL_PRIVATE_HOSTS"]) == ["127.0.0.1:7000", "127.0.0.1:9001"]
    assert with_demo["CARNIVAL_PORT"] == "8081"
    assert "127.0.0.1:9001" not in without.get("CARNIVAL_PRIVATE_HOSTS", "")


def test_the_demo_names_an_operator_unless_the_settings_do(tmp_path: Path) -> None:
    empty, own = Settings(data_folder=tmp_path), Settings(data_folder=tmp_path, operator_name="某组委会")

    assert "示例" in environment(empty, port=8081, demo=9001)["CARNIVAL_OPERATOR_NAME"]
    assert "CARNIVAL_OPERATOR_NAME" not in environment(own, port=8081, demo=9001)
    assert "CARNIVAL_OPERATOR_NAME" not in environment(empty, port=8081, demo=None)


def test_a_second_up_on_the_same_folder_is_refused_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path))

    with FileLock(tmp_path / "up.lock"):
        result = CliRunner().invoke(up_command, [])

    assert result.exit_code == 1
    assert "in use by another `carnival up`" in result.output


def test_a_taken_port_is_refused_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]

        result = CliRunner().invoke(up_command, ["--no-demo", "--port", str(port)])

    assert result.exit_code == 2
    assert f"command line: --port: port {port} is taken." in result.output
    assert not (tmp_path / "carnival.db").exists()


def test_children_do_not_see_the_names_that_this_process_has_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_SOMETHING_ELSE", "1")
    monkeypatch.setenv("CARNIVAL_SITE_NAME", "示例")

    seen = environment(Settings(data_folder=tmp_path), port=8081, demo=None)

    assert (seen.get("CARNIVAL_SOMETHING_ELSE"), seen["CARNIVAL_SITE_NAME"]) == (None, "示例")
