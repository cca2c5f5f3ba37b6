"""crawler.demo.service: when the demo runs, on which port, and what the processes see of it."""

import json
import socket
from pathlib import Path

import pytest

from config.command.service import Start
from config.settings import Settings
from crawler.demo.service import DEMO, demo_port


@pytest.fixture
def port() -> int:
    """A free one: the demo looks whether it is."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, *, database_url: str | None = None, operator_name: str = "", **options: object) -> Start:
    settings = Settings(
        data_folder=folder,
        database_url=database_url,
        operator_name=operator_name,
        private_hosts=("127.0.0.1:7000",),
    )
    return Start(settings=settings, options=options)


def test_the_demo_runs_in_a_new_folder_and_where_it_ran_before(tmp_path: Path) -> None:
    used, demo = tmp_path / "used", tmp_path / "demo"
    used.mkdir()
    demo.mkdir()
    (used / "carnival.db").touch()
    (demo / "carnival.db").touch()
    (demo / "demo-port").write_text("9001\n")

    assert DEMO.runs(start(tmp_path))
    assert not DEMO.runs(start(used))
    assert DEMO.runs(start(demo))
    assert DEMO.runs(start(used, demo=True))
    assert not DEMO.runs(start(demo, demo=False))


def test_the_demo_stays_away_from_records_that_lie_elsewhere(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'campaign.db'}"

    assert not DEMO.runs(start(tmp_path, database_url=url))
    assert DEMO.runs(start(tmp_path, database_url=url, demo=True))


def test_the_simulator_keeps_the_port_of_the_first_run(tmp_path: Path, port: int) -> None:
    DEMO.prepare(start(tmp_path, demo_port=port))
    later = start(tmp_path, demo_port=port + 1)

    assert demo_port(later) == port
    assert list(DEMO.command(later)) == ["demo", "serve", "--port", str(port)]
    assert DEMO.address(later) == f"http://127.0.0.1:{port}/"
    assert DEMO.first_run(later).words[-1] == str(port)


def test_processes_may_reach_the_simulator_and_no_other_private_host(tmp_path: Path, port: int) -> None:
    seen = DEMO.prepare(start(tmp_path, demo_port=port))

    assert json.loads(seen["CARNIVAL_PRIVATE_HOSTS"]) == ["127.0.0.1:7000", f"127.0.0.1:{port}"]


def test_the_demo_names_an_operator_unless_the_settings_do(tmp_path: Path, port: int) -> None:
    unnamed, named = start(tmp_path, demo_port=port), start(tmp_path, demo_port=port, operator_name="某组委会")

    assert "示例" in DEMO.prepare(unnamed)["CARNIVAL_OPERATOR_NAME"]
    assert "CARNIVAL_OPERATOR_NAME" not in DEMO.prepare(named)


def test_the_sign_ins_are_shown_where_there_are_any(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = DEMO.greeting(start(tmp_path))
    (tmp_path / "demo-sign-ins.json").write_text('{"demo-editor": "a password"}', encoding="utf-8")
    shown = DEMO.greeting(start(tmp_path))
    (tmp_path / "demo-sign-ins.json").write_text("{", encoding="utf-8")

    assert (list(before), list(shown)) == ([], ["Demo sign-ins:", "  demo-editor  a password"])
    assert list(DEMO.greeting(start(tmp_path))) == []
    assert "is damaged; `carnival users add` makes accounts" in capsys.readouterr().err
