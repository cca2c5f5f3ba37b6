"""`carnival evidence`: what a version was read from, as it was received."""

import json
from pathlib import Path

import click

from config.errors import UNDONE
from config.settings import load_settings
from indexer.base.ids import ItemId
from indexer.catalogue.evidence import EvidenceDamaged, EvidenceStore
from indexer.catalogue.items import NOT_ASKED, Evidence
from indexer.commands.opening import open_records
from indexer.records import evidence as rows
from indexer.records import items

OUTPUT = click.Path(dir_okay=False, path_type=Path)


@click.command("evidence")
@click.argument("item")
@click.option("--version", "number", type=click.IntRange(min=1), help="Of this version alone.")
@click.option("--output", type=OUTPUT, help="Write the page, as it was received, to this new file.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def evidence_command(*, item: str, number: int | None, output: Path | None, as_json: bool) -> None:
    """Show from what the versions of ITEM were read, and compare the kept bytes with their hash.

    With --output the page of --version, by default of the newest, is written too. Exit code 1 where the item or the
    evidence is not there, or damaged.
    """
    settings = load_settings()
    database, store = open_records(settings), EvidenceStore(settings.data_folder)
    with database.reading() as tx:
        known = items.item(tx, ItemId(item))
        kept = [row for row in rows.of_item(tx, ItemId(item)) if number in (None, row.version)]
    if known is None:
        raise click.ClickException(f"no item {item!r}; its id stands at the end of its address")
    if not kept:
        of = f"version {number}" if number else "it"
        raise click.ClickException(f"no evidence of {of} is kept: it was collected before that was, or never")
    checked = [(row, _damage(store, row)) for row in kept]
    shown = json.dumps([_named(row, damage) for row, damage in checked], ensure_ascii=False)
    click.echo(shown if as_json else "\n".join(_text(row, damage) for row, damage in checked))
    if output is not None and not checked[-1][1]:
        _write(output, store.read(kept[-1]))
    if any(damage for _, damage in checked):
        raise click.exceptions.Exit(UNDONE)


def _damage(store: EvidenceStore, row: Evidence) -> str:
    try:
        store.read(row)
    except EvidenceDamaged as damaged:
        return str(damaged)
    return ""


def _named(row: Evidence, damage: str) -> dict[str, object]:
    return {
        "item": row.item,
        "version": row.version,
        "url": row.url,
        "status": None if row.status == NOT_ASKED else row.status,
        "received_at": row.received_at.isoformat(),
        "sha256": row.sha256,
        "size": row.size,
        "headers": dict(row.headers),
        "damage": damage or None,
    }


def _text(row: Evidence, damage: str) -> str:
    state = f"DAMAGED: {damage}" if damage else "as received"
    status = "pushed as a file" if row.status == NOT_ASKED else row.status
    return (
        f"version {row.version}  {row.received_at.isoformat(timespec='seconds')}  {status}  {row.url}\n"
        f"  sha256 {row.sha256}  {row.size} bytes  {row.headers.get('content-type', '')}  {state}"
    )


def _write(output: Path, body: bytes) -> None:
    try:
        with output.open("xb") as out:
            out.write(body)
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from error
