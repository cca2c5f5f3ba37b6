""".pre-commit-config.yaml: the tools of `make lint`, all of them and no others, and nothing fetched from elsewhere."""

import subprocess
import sys
from pathlib import Path

from config.files.yaml import read_yaml

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / ".pre-commit-config.yaml"
SETS_UP = (".venv/bin/python -m pip", ".venv/bin/pybabel")  # what `make lint` may have to do before it lints


def repos() -> list[dict[str, object]]:
    data = read_yaml(CONFIG).data
    assert isinstance(data, dict)
    return list(data["repos"])


def hooks() -> list[dict[str, object]]:
    return [hook for repo in repos() for hook in repo["hooks"]]  # type: ignore[attr-defined]  # the file's own lists


def linted() -> list[str]:
    """The lines that `make lint` runs, set-up left out."""
    done = subprocess.run(
        ["make", "--dry-run", "--silent", "lint"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines = [line.strip() for line in done.stdout.splitlines()]
    return [line for line in lines if line.startswith(".venv/bin/") and not line.startswith(SETS_UP)]


def test_the_hooks_are_the_lines_of_make_lint_in_their_order() -> None:
    assert [hook["entry"] for hook in hooks()] == linted()
    assert len(linted()) >= 6


def test_nothing_is_fetched_and_every_hook_reads_the_whole_tree() -> None:
    assert [repo["repo"] for repo in repos()] == ["local"]
    assert {(hook["language"], hook["pass_filenames"]) for hook in hooks()} == {("system", False)}


def test_pre_commit_takes_the_file() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", str(CONFIG)], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout + done.stderr
