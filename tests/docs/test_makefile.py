"""Makefile: what browser tests need beyond pip is looked for one by one."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.docs.pages import PAGES

ROOT = Path(__file__).resolve().parents[2]


def make(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--silent", *words], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )


def needs() -> dict[str, str]:
    (line,) = re.findall(r"^NEEDS := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    return dict(need.split(":") for need in line.split())


def test_the_library_that_playwright_needs_is_looked_for_by_itself() -> None:
    assert set(needs()) == {"chromium-headless-shell", "curl", "fonts-noto-cjk", "libatomic1", "openssl", "postgresql"}
    assert needs()["libatomic1"].endswith("/libatomic.so.1")


@pytest.mark.parametrize(
    ("given", "installed"),
    [
        ("there:/etc/passwd lacking:/no/such/file", "lacking"),
        ("lacking:/no/such/* there:/etc/pass* too:/no", "lacking too"),
    ],
)
def test_what_is_not_there_is_installed_whatever_else_is(given: str, installed: str) -> None:
    done = make("test-needs", f"NEEDS={given}", "SUDO=echo")  # says what it would run

    assert done.stdout.splitlines()[-1] == f"apt-get install -qy --no-install-recommends {installed}"


def test_postgresql_is_installed_without_a_server_for_the_whole_machine() -> None:
    said = make("test-needs", "NEEDS=postgresql:/no/such/file", "SUDO=echo").stdout.splitlines()

    assert said[0] == "install -D /dev/stdin /etc/postgresql-common/createcluster.d/no-main.conf"
    assert said[-1] == "apt-get install -qy --no-install-recommends postgresql"


def test_where_everything_is_there_nothing_is_installed() -> None:
    assert "apt-get" not in make("test-needs", "NEEDS=there:/etc/passwd", "SUDO=echo").stdout


def test_a_library_that_is_still_lacking_is_named(tmp_path: Path) -> None:
    (tmp_path / "ldd").write_text("#!/bin/sh\necho '\tlibnone.so.1 => not found'\n", encoding="utf-8")
    (tmp_path / "ldd").chmod(0o755)

    done = make("test-needs", "NEEDS=", f"PATH={tmp_path}:/usr/bin:/bin")

    assert done.returncode != 0
    assert "libnone.so.1" in done.stdout


def test_the_tests_to_run_can_be_named() -> None:
    done = make("--dry-run", "test", "TESTS=tests/config/command/test_cli.py")

    assert "-m pytest -n 2 --dist loadfile tests/config/command/test_cli.py" in done.stdout


def test_every_target_has_its_line_in_contributing_and_no_page_names_another() -> None:
    written = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    rows = re.findall(r"^\| (`make .+?) \| ", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.M)

    assert set(re.findall(r"`make ([a-z-]+)`", " ".join(rows))) == set(written)
    assert set(re.findall(r"(?:`|\$ )make ([a-z-]+)", pages)) <= set(written)
