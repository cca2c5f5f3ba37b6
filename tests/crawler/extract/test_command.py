"""`carnival extract`: JSON of one shape, or one line and exit code 1."""

import gzip
import json
from pathlib import Path

from click.testing import CliRunner

from crawler.extract.command import extract_command

FIELDS = ["kind", "state", "title", "author", "account", "published", "is_day_uncertain", "text", "html", "media"]
PAGE = (
    "<html lang=zh><head><title>蜻蜓怎样飞</title></head><body><h1>蜻蜓怎样飞</h1><p>2026-09-17</p><div>"
    "<p>蜻蜓的两对翅膀各自扇动，所以它能悬停，能倒飞，还能在空中急转弯，捕捉飞行中的小虫。</p>"
    "<p>翅膀前缘有一块加厚的翅痣，能让翅膀在快速扇动时不乱抖，飞机的机翼也学了这一点。</p></div></body></html>"
)


def test_a_packed_file_is_read_and_answers_every_field(tmp_path: Path) -> None:
    file = tmp_path / "page.html.gz"
    file.write_bytes(gzip.compress(PAGE.encode()))

    result = CliRunner().invoke(extract_command, [str(file), "--json"])

    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(answer) == FIELDS
    assert (answer["title"], answer["published"]) == ("蜻蜓怎样飞", "2026-09-17")


def test_a_file_that_is_not_there_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    result = CliRunner().invoke(extract_command, [str(tmp_path / "none.html"), "--json"])

    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_damaged_archive_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    file = tmp_path / "page.html.gz"
    file.write_bytes(b"\x1f\x8b\x08 no archive")

    result = CliRunner().invoke(extract_command, [str(file), "--json"])

    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.strip().splitlines()) == 1
