"""tests.mirror: lines are counted as a reader would count them, and the question fails where too few ran."""

import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from tests.mirror.share import Share

CODE = '''"""A module."""

LIMIT = 3


class Box:
    size = 1

    def open(self) -> int:
        return self.size


def run(number: int) -> int:
    """Say a number."""
    if number > LIMIT:
        number = LIMIT
    return number


def never() -> None:
    raise ValueError
'''


def written(tmp_path: Path) -> tuple[Path, ModuleType]:
    path = tmp_path / "made.py"
    path.write_text(CODE, encoding="utf-8")
    spec = spec_from_file_location("made", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return path, module


def test_what_an_import_runs_counts_although_it_ran_before(tmp_path: Path) -> None:
    share = Share(written(tmp_path)[0])

    assert sorted(share.run) == [1, 3, 6, 7, 9, 13, 20]
    assert sorted(share.lines - share.run) == [10, 15, 16, 17, 21]


def test_what_runs_while_it_is_watched_counts_and_nothing_else(tmp_path: Path) -> None:
    path, module = written(tmp_path)
    share = Share(path)

    module.Box().open()
    share.start()
    module.run(5)
    share.stop()

    assert sorted(share.lines - share.run) == [10, 21]
    assert str(share) == "83% of 12 lines"


def test_a_second_look_adds_to_the_first(tmp_path: Path) -> None:
    path, module = written(tmp_path)
    share = Share(path)

    for number in (1, 5):
        share.start()
        module.run(number)
        share.stop()

    assert {15, 16, 17} <= share.run


def test_tests_that_run_nothing_of_it_add_nothing_and_say_nothing(tmp_path: Path) -> None:
    share = Share(written(tmp_path)[0])
    before = set(share.run)

    share.start()
    json.loads(json.dumps({"other": "modules"}))
    share.stop()

    assert share.run == before


def test_a_file_that_runs_too_little_fails_and_says_of_what(tmp_path: Path) -> None:
    """On a copy of the tools in a project of one module, whose test file only imports it."""
    root = Path(__file__).resolve().parents[2]
    for name in ("modules", "plugin", "share"):
        (tmp_path / "tests" / "mirror").mkdir(parents=True, exist_ok=True)
        source = (root / "tests" / "mirror" / f"{name}.py").read_text(encoding="utf-8")
        (tmp_path / "tests" / "mirror" / f"{name}.py").write_text(source, encoding="utf-8")
    for room in ("config", "tests/config"):
        (tmp_path / room).mkdir()
    (tmp_path / "tests" / "mirror" / "reasons.txt").write_text("", encoding="utf-8")
    body = "\n".join(f"    number += {n}" for n in range(20))
    (tmp_path / "config" / "made.py").write_text(f"def add(number):\n{body}\n    return number\n", encoding="utf-8")
    test = "from config.made import add\n\n\ndef test_it_is_there():\n    assert add\n"
    (tmp_path / "tests" / "config" / "test_made.py").write_text(test, encoding="utf-8")
    conftest = "from tests.mirror.plugin import *\nfrom tests.mirror.plugin import pytest_collection_modifyitems\n"
    (tmp_path / "conftest.py").write_text(conftest, encoding="utf-8")

    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "pythonpath=.", "--rootdir=."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    assert "1 failed, 1 passed" in done.stdout
    assert "config/made.py, less than 60%" in done.stdout
