"""tests.skips: under --forbid-skips a skip is a failure; an expected failure stays one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SKIPS = 'import pytest\n@pytest.fixture\ndef needed(): pytest.skip("no model")\ndef test_it(needed): pass\n'
MARKED = 'import pytest\n@pytest.mark.skip(reason="no model")\ndef test_it(): pass\n'
EXPECTED = "import pytest\n@pytest.mark.xfail\ndef test_it(): assert 0\n"


@pytest.mark.parametrize(
    ("body", "options", "code", "said"),
    [
        (SKIPS, (), 0, "1 skipped"),
        (SKIPS, ("--forbid-skips",), 1, "which --forbid-skips does not allow: no model"),
        (MARKED, ("--forbid-skips",), 1, "which --forbid-skips does not allow: no model"),
        (EXPECTED, ("--forbid-skips",), 0, "1 xfailed"),
    ],
    ids=["allowed", "in a fixture", "by a mark", "an expected failure"],
)
def test_a_skip_fails_where_skips_are_forbidden(
    tmp_path: Path, body: str, options: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_it.py").write_text(body)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.skips", *options],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == code
    assert said in done.stdout
