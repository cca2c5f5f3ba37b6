"""Bad configurations through the real command line: one line a fault with file and line, exit code 2, nothing taken."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.command.cli import main
from config.units.load import load_units
from indexer.base.actors import operator
from indexer.records.database import Database
from indexer.whitelist.desk import import_units
from tests.config.files.bad_files import OTHERS, WHITELISTS, unit

NOW = datetime(2026, 9, 1, tzinfo=UTC)
GOOD = """version: 1
units:
  - id: hall
    name: 示例科技馆
    system: 科技馆之城
    district: 海淀区
    channels:
      - {id: hall-site-1, kind: site, address: "http://hall.example/news/", status: applied}
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose records hold one unit."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    database = Database.open(f"sqlite:///{folder / 'carnival.db'}")
    import_units(database, load_units(folder / "good.yaml"), file="good.yaml", who=operator("测试"), now=NOW)
    database.close()
    return folder


@pytest.fixture
def run(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `carnival …` in a copy of that data folder; gives exit code, stdout, stderr."""
    shutil.copytree(filled, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "data"))

    def carnival(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["carnival", *words])
        with pytest.raises(SystemExit) as stop:
            main()
        said = capsys.readouterr()
        return int(stop.value.code or 0), said.out, said.err

    return carnival


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("name", "content", "line"), WHITELISTS.values(), ids=WHITELISTS)
def test_a_bad_whitelist_is_refused_with_its_line_and_nothing_is_taken(
    name: str, content: str | bytes, line: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    before = contents(tmp_path / "data")

    code, out, err = run("units", "import", name, "--yes", "--approve-as", "编辑甲")

    assert (code, out) == (2, "")
    assert err.startswith(line)
    assert err.count("\n") == len(err.splitlines()) == err.count("bad.")
    assert contents(tmp_path / "data") == before


@pytest.mark.parametrize(("content", "line"), OTHERS.values(), ids=OTHERS)
def test_a_bad_policy_taxonomy_or_editions_file_is_refused_with_its_line(
    content: str, line: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "bad.yaml").write_text(content, encoding="utf-8")

    code, _, err = run("units", "check", "bad.yaml")

    assert code == 2
    assert err.startswith(line)


@pytest.mark.parametrize(
    ("variable", "value", "line"),
    [
        ("CARNIVAL_PORT", "abc", "environment: CARNIVAL_PORT: 'abc' is no whole number. Write it in digits."),
        ("CARNIVAL_SEARCH_ENGINE", "tantivi", "environment: CARNIVAL_SEARCH_ENGINE: 'tantivi' is not known here. Did"),
        ("CARNIVAL_PRIVATE_HOSTS", "a.example", "environment: CARNIVAL_PRIVATE_HOSTS: is no JSON list."),
        ("CARNIVAL_SECRET_KEY", "hunter2", "environment: CARNIVAL_SECRET_KEY: is shorter than 32 characters."),
        ("CARNIVAL_POLICY_FILE", "missing.yaml", "missing.yaml: cannot be read: No such file or directory."),
    ],
)
def test_a_bad_setting_is_refused_by_the_name_of_its_variable(
    variable: str, value: str, line: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)

    code, _, err = run("units", "check")

    assert code == 2
    assert err.startswith(line)
    assert "hunter2" not in err


def test_all_faults_of_a_file_are_said_at_once_in_the_order_of_its_lines(run: Run, tmp_path: Path) -> None:
    bad = (
        unit("    colour: red\n", channel="{kind: site}")
        + "  - id: x\n    name: 甲馆\n    system: 区\n    district: 月球\n"
    )
    (tmp_path / "bad.yaml").write_text(bad, encoding="utf-8")

    _, _, err = run("units", "check", "bad.yaml")

    assert [line.split(":")[1] for line in err.splitlines()] == ["7", "9", "13"]


def test_the_installed_command_prints_the_fault_alone_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(unit("\tnote: x\n"), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "config", "units", "check", "bad.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "bad.yaml:7: a tab stands in the indentation. Indent by spaces.\n"
