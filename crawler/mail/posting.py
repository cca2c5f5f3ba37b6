"""Letters as mail: written as files, and sent where a mail server is set."""

import smtplib
import ssl
from collections.abc import Sequence
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from shutil import rmtree

from config.settings import Settings
from config.words import MailSecurity
from indexer.base.files import write_part
from indexer.health.digest import EDITORS, Letter

FOLDER = "digests"  # in the data folder; in it a folder a day
DAYS_KEPT = 30
SMTP_SECONDS = 30.0


class MailFailed(Exception):
    """A letter was not taken by the mail server; the text says why, for the operator."""


def recipients(letter: Letter, settings: Settings) -> Sequence[str]:
    """Return the addresses that a letter goes to; none where none is set."""
    if letter.name == EDITORS:
        return settings.mail_editors
    return [address] if (address := settings.mail_units.get(letter.name)) else []


def message(letter: Letter, settings: Settings, *, at: datetime) -> EmailMessage:
    """Return a letter as a mail."""
    made = EmailMessage()
    made["Subject"] = " ".join(letter.subject.split())  # a name of ours could hold a line break
    made["From"] = settings.mail_from
    if to := recipients(letter, settings):
        made["To"] = ", ".join(to)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2] or "localhost")
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text)
    return made


def write(letters: Sequence[Letter], settings: Settings, folder: Path, *, at: datetime) -> Sequence[Path]:
    """Write the letters into a folder, one `.eml` each, and return the files."""
    files = [folder / f"{letter.name}.eml" for letter in letters]
    for letter, file in zip(letters, files, strict=True):
        write_part(folder, bytes(message(letter, settings, at=at))).replace(file)
    return files


def send(letters: Sequence[Letter], settings: Settings, *, at: datetime) -> int:
    """Send the letters that have an address, over one connection; return how many. Raises MailFailed."""
    addressed = [letter for letter in letters if recipients(letter, settings)]
    if not addressed:
        return 0
    try:
        with _server(settings) as server:
            if settings.smtp_user:
                password = settings.smtp_password
                server.login(settings.smtp_user, password.get_secret_value() if password else "")
            for letter in addressed:
                server.send_message(message(letter, settings, at=at))
    except (OSError, smtplib.SMTPException) as error:
        raise MailFailed(f"{settings.smtp_host}:{settings.smtp_port}: {type(error).__name__}: {error}") from error
    return len(addressed)


def day_folder(settings: Settings, day: date) -> Path:
    """Return where the letters of a day lie."""
    return settings.data_folder / FOLDER / day.isoformat()


def forget_old(settings: Settings, day: date) -> None:
    """Remove the letters of more than DAYS_KEPT days ago."""
    for folder in (settings.data_folder / FOLDER).glob("????-??-??"):
        try:
            written = date.fromisoformat(folder.name)
        except ValueError:
            continue  # none of ours
        if (day - written).days > DAYS_KEPT:
            rmtree(folder)


def _server(settings: Settings) -> smtplib.SMTP:
    host, port = settings.smtp_host, settings.smtp_port
    context = ssl.create_default_context()
    if settings.smtp_security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(host, port, timeout=SMTP_SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=SMTP_SECONDS)
    if settings.smtp_security is MailSecurity.STARTTLS:
        try:
            server.starttls(context=context)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server
