"""`carnival backup FILE` and `carnival restore FILE` as an operator types them."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from config.settings import Settings
from crawler.demo import service as demo
from crawler.demo.campaign import SIGN_INS
from indexer.backup.archive import KEPT
from indexer.backup.commands import backup_command, restore_command
from indexer.service import WHITELIST_DONE
from web.app import key

ROOT = Path(__file__).resolve().parents[3]


def carnival(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "config", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | more, timeout=120)


@pytest.fixture
def web(settings: Settings, deployment: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A bare `carnival web` on the deployment; gives the process and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "config", "web", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ)
    assert process.stderr is not None
    for line in process.stderr:
        if "Serving on" in line or "web_started" in line:
            break
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()
    process.stderr.close()


def test_backup_under_a_running_site_then_restore_once_it_is_killed(
    web: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, _ = web
    file = str(tmp_path / "carnival.zip")

    saved = carnival("backup", file)
    refused = carnival("restore", file, "--replace")
    process.kill()
    process.wait()
    restored = carnival("restore", file, "--replace")
    checked = [carnival("audit", "verify", "--json"), carnival("index", "check", "--json")]

    assert saved.returncode == 0, saved.stderr
    assert saved.stdout.startswith(f"{file}: 6 items, 6 decisions, ")
    assert refused.returncode == 2
    assert "are in use. Stop `carnival up`" in refused.stderr
    assert restored.returncode == 0, restored.stderr
    assert "6 approved items indexed" in restored.stdout
    assert f"What stood there before: {os.environ['CARNIVAL_DATA_FOLDER']}" in restored.stdout
    assert [one.returncode for one in checked] == [0, 0]
    assert json.loads(checked[0].stdout) == {"items": 6, "faults": []}


def test_a_restored_folder_serves_at_once(settings: Settings, deployment: Path, data: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "carnival.zip")
    saved = CliRunner().invoke(backup_command, [file])
    shutil.rmtree(data)

    assert saved.stdout.startswith(f"{file}: 6 items, 6 decisions, 1 channels, 1 users, ")

    assert carnival("restore", file).returncode == 0
    assert carnival("index", "check").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("backup", "no-such-folder/x.zip"), "is not there"),
        (("backup", str(ROOT / "README.md")), "is there already"),
        (("restore", "no-such-file.zip"), "is no file"),
        (("restore", str(ROOT / "README.md")), "README.md is no backup"),
    ],
)
def test_what_cannot_be_done_is_one_line(deployment: Path, arguments: tuple[str, ...], words: str) -> None:
    ended = carnival(*arguments)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_folder_that_cannot_be_written_to_is_one_line(deployment: Path, tmp_path: Path) -> None:
    folder = "x" * 300  # longer than any file system takes

    ended = CliRunner().invoke(backup_command, [str(tmp_path / folder / "x.zip")])

    assert ended.exit_code == 1
    assert ended.stderr.endswith(": File name too long. Nothing was changed\n")


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_records_on_a_server_are_left_to_its_own_means(settings: Settings, tmp_path: Path, command: str) -> None:
    url = "postgresql://carnival:geheim@db.example/carnival"

    ended = carnival(command, str(tmp_path / "x.zip"), CARNIVAL_DATABASE_URL=url)

    assert ended.returncode == 1
    assert "pg_dump" in ended.stderr
    assert "geheim" not in ended.stderr
    assert not (tmp_path / "x.zip").exists()


def test_a_folder_without_records_is_not_saved_and_not_made(settings: Settings, data: Path, tmp_path: Path) -> None:
    ended = carnival("backup", str(tmp_path / "x.zip"))

    assert ended.returncode == 2
    assert "there are no records" in ended.stderr
    assert not data.exists()


def test_every_mark_of_the_data_folder_is_saved() -> None:
    assert set(KEPT) == {key.KEY_FILE, demo.PORT_MARK, demo.DONE_MARK, WHITELIST_DONE, SIGN_INS}


@pytest.mark.parametrize("command", [backup_command, restore_command])
def test_without_a_file_it_is_a_usage_error_and_a_folder_is_none(command: click.Command, tmp_path: Path) -> None:
    assert CliRunner().invoke(command, []).exit_code == 2
    assert CliRunner().invoke(command, [str(tmp_path)]).exit_code == 2
