"""crawler.mail.posting: letters as .eml files, and as mail where a server is set."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from crawler.mail.posting import (
    DAYS_KEPT,
    MailFailed,
    day_folder,
    forget_old,
    message,
    recipients,
    send,
    write,
)
from indexer.health.digest import EDITORS, Letter
from tests.simulators.mail import postbox

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
OF_UNIT = Letter(name="unit-a", subject="示例嘉年华：1 个渠道\n需要处理", text="示例科技馆：\n\n请处理。\n.\n完。\n")
OF_EDITORS = Letter(name=EDITORS, subject="渠道健康", text="共 2 个渠道。\n")
NOBODYS = Letter(name="unit-b", subject="渠道", text="没有地址。\n")


def settings(tmp_path: Path, **fields: object) -> Settings:
    given: dict[str, Any] = {
        "data_folder": tmp_path,
        "mail_from": "digest@carnival.example",
        "mail_editors": ("a@carnival.example", "b@carnival.example"),
        "mail_units": {"unit-a": "unit@a.example"},
        "smtp_host": "127.0.0.1",
        "smtp_security": "none",
    }
    return Settings(_env_file=None, **given | fields)


def test_each_letter_is_a_file_that_its_owner_alone_reads(tmp_path: Path) -> None:
    deployment = settings(tmp_path)

    files = write([OF_UNIT, OF_EDITORS], deployment, tmp_path / "letters", at=NOW)

    assert [file.name for file in files] == ["unit-a.eml", "editors.eml"]
    read = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert (read["subject"], read["to"]) == ("示例嘉年华：1 个渠道 需要处理", "unit@a.example")
    assert read["date"].datetime == NOW
    assert read.get_content() == OF_UNIT.text
    assert files[0].stat().st_mode & 0o077 == 0


def test_a_unit_without_an_address_has_a_file_and_no_mail(tmp_path: Path) -> None:
    deployment = settings(tmp_path)

    assert recipients(NOBODYS, deployment) == []
    assert message(NOBODYS, deployment, at=NOW)["to"] is None


def test_letters_go_to_their_addresses_over_one_connection(tmp_path: Path) -> None:
    with postbox() as box:
        sent = send([OF_UNIT, OF_EDITORS, NOBODYS], settings(tmp_path, smtp_port=box.port), at=NOW)

    assert sent == 2
    assert box.recipients == ["unit@a.example", "a@carnival.example", "b@carnival.example"]
    assert [letter["subject"] for letter in box.taken] == ["示例嘉年华：1 个渠道 需要处理", "渠道健康"]
    assert box.taken[0].get_content().replace("\r\n", "\n") == OF_UNIT.text


def test_whoever_has_a_name_signs_in(tmp_path: Path) -> None:
    named = {"smtp_user": "digest", "smtp_password": "right"}
    with postbox(password="right") as box:
        assert send([OF_UNIT], settings(tmp_path, smtp_port=box.port, **named), at=NOW) == 1

    with postbox(password="other") as box, pytest.raises(MailFailed, match="SMTPAuthenticationError"):
        send([OF_UNIT], settings(tmp_path, smtp_port=box.port, **named), at=NOW)
    assert box.taken == []


def test_a_letter_that_is_not_taken_is_said(tmp_path: Path) -> None:
    with postbox(refuses=True) as box, pytest.raises(MailFailed, match="no such box"):
        send([OF_UNIT], settings(tmp_path, smtp_port=box.port), at=NOW)


def test_without_tls_nothing_is_sent_unless_the_settings_say_so(tmp_path: Path) -> None:
    with postbox() as box, pytest.raises(MailFailed, match="STARTTLS"):
        send([OF_UNIT], settings(tmp_path, smtp_port=box.port, smtp_security="starttls"), at=NOW)
    with postbox() as box, pytest.raises(MailFailed, match="SSL"):
        send([OF_UNIT], settings(tmp_path, smtp_port=box.port, smtp_security="tls"), at=NOW)
    assert box.taken == []


def test_where_nobody_has_an_address_no_server_is_asked(tmp_path: Path) -> None:
    assert send([NOBODYS], settings(tmp_path, smtp_host="127.0.0.1", smtp_port=1), at=NOW) == 0


def test_old_letters_go_and_what_is_none_of_ours_stays(tmp_path: Path) -> None:
    deployment, today = settings(tmp_path), date(2026, 9, 17)
    old, kept = (day_folder(deployment, date.fromordinal(today.toordinal() - DAYS_KEPT - n)) for n in (1, 0))
    foreign = day_folder(deployment, today).parent / "9999-99-99"
    for folder in (old, kept, foreign):
        folder.mkdir(parents=True)
        (folder / "editors.eml").touch()

    forget_old(deployment, today)

    assert [folder.exists() for folder in (old, kept, foreign)] == [False, True, True]
