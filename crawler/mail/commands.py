"""`carnival digest`: the daily letters on the health of channels, at once."""

from pathlib import Path

import click

from config.errors import UNDONE, Refused
from config.settings import load_settings
from crawler.mail import posting
from crawler.mail.collecting import letters_of, mark_told
from indexer.base.times import BEIJING, now
from indexer.commands.opening import open_records


class DigestRefused(Refused):
    """The letters could not be sent as things stand."""

    exit_code = UNDONE


@click.command("digest")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Folder for the files.")
@click.option("--mail", is_flag=True, help="Send them by the mail server of the settings, too.")
def digest_command(*, folder: Path | None, mail: bool) -> None:
    """Write the letters on the health of channels, one a unit and one for editors, as .eml files.

    `carnival work` does the same once a day, and sends them where a mail server is set.
    """
    settings, moment = load_settings(), now()
    if mail and not settings.smtp_host:
        raise DigestRefused("no mail server is set: set CARNIVAL_SMTP_HOST, or leave out --mail")
    database = open_records(settings)
    written = letters_of(database, settings, now=moment)
    into = folder or posting.day_folder(settings, moment.astimezone(BEIJING).date())
    for file in posting.write(written, settings, into, at=moment):
        click.echo(str(file))
    if mail:
        try:
            sent = posting.send(written, settings, at=moment)
        except posting.MailFailed as failed:
            raise DigestRefused(f"the letters were written, and not sent: {failed}") from failed
        click.echo(f"{sent} letters sent", err=True)
    mark_told(database, written, at=moment)
