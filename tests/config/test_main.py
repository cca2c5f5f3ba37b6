"""config.__main__: `python -m config` is the `carnival` command, for child processes without its script."""

import subprocess
import sys

import pytest


def test_the_module_runs_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "config", "--help"], capture_output=True, text=True, check=False)

    assert done.returncode == 0
    assert "carnival" in done.stdout or "Usage" in done.stdout


def test_an_unknown_command_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["carnival", "no-such-command"])

    with pytest.raises(SystemExit) as ended:
        import config.__main__  # noqa: F401  (the import runs the command)

    assert ended.value.code == 2
