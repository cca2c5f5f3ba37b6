"""docs/*.md: every fenced console command runs, in the order of its page, on one new data folder a page."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(page.name for page in (ROOT / "docs").glob("*.md") if "```console" in page.read_text(encoding="utf-8"))


def commands_of(page: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"^\$ (.+)$", "\n".join(re.findall(r"```console\n(.*?)```", text, re.S)), re.M)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that holds what the project does: what a command writes beside it stays out of the project."""
    made = tmp_path / "checkout"
    made.mkdir()
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (made / entry.name).symlink_to(entry)
    return made


@pytest.mark.parametrize("page", PAGES)
def test_every_fenced_command_runs(page: str, checkout: Path, tmp_path: Path) -> None:
    seen = os.environ | {
        "CARNIVAL_DATA_FOLDER": str(tmp_path / "data"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    script = "\n".join(["set -e", *(f"{command} </dev/null" for command in commands_of(page))])
    script = script.replace("--password-stdin </dev/null", "--password-stdin")

    result = subprocess.run(["bash", "-c", script], cwd=checkout, env=seen, capture_output=True, text=True, timeout=300)

    assert result.returncode == 0, result.stdout[-1500:] + result.stderr[-1500:]
