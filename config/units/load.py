"""Read a whitelist file (YAML, CSV, XLSX) as units and channels; nothing of it is taken where one thing is wrong."""

from collections.abc import Mapping
from pathlib import Path

from config.errors import ConfigRefused
from config.files.document import Document, Spot
from config.files.faults import Faults, one_of
from config.files.text import whole
from config.files.yaml import read_yaml
from config.settings import SHIPPED
from config.taxonomy import Taxonomy, load_taxonomy
from config.units.entries import TAXONOMY, UnitEntry, WhitelistFile
from config.units.options import OPTIONS, option_faults
from config.units.sheets import read_csv, read_xlsx
from config.words import ChannelKind


def load_units(path: Path, *, taxonomy: Taxonomy | None = None) -> tuple[UnitEntry, ...]:
    """Return the units of that file; `taxonomy` (else the shipped one) knows the districts. Raises ConfigRefused."""
    document = read_document(path)
    faults = Faults(document)
    _check_unique(document, faults)
    known = taxonomy or load_taxonomy(SHIPPED / "taxonomy.yaml")
    file = faults.must_read(WhitelistFile, document.data, (), context={TAXONOMY: known})
    faults.stop_if_any()
    return tuple(_placed(unit, document, ("units", number)) for number, unit in enumerate(file.units))


def read_document(path: Path) -> Document:
    """Return a whitelist file as plain data, by its ending. Raises ConfigRefused."""
    match path.suffix.lower():
        case ".yaml" | ".yml":
            return read_yaml(path)
        case ".csv":
            return read_csv(path)
        case ".xlsx":
            return read_xlsx(path)
        case other:
            what = f"the ending `{other}` is none of .yaml, .csv, .xlsx"
            raise ConfigRefused([whole(str(path), what, "Save the list as one of them.")])


def _placed(unit: UnitEntry, document: Document, spot: Spot) -> UnitEntry:
    channels = tuple(
        channel.placed(document.line((*spot, "channels", number))) for number, channel in enumerate(unit.channels)
    )
    return unit.placed(document.line(spot), channels=channels)


def _check_unique(document: Document, faults: Faults) -> None:
    """Note ids and names that stand twice, in the file as it is: another fault must not hide them."""
    first: dict[tuple[str, str], Spot] = {}

    def check(meaning: str, part: Mapping[str, object], spot: Spot) -> None:
        value = part.get(str(spot[-1]))
        if not isinstance(value, str):
            return
        earlier = first.setdefault((meaning, value), spot)
        if earlier != spot:
            what = f"the {meaning} `{value[:80]}` stands twice (first on line {document.line(earlier)})"
            faults.add(spot, what=what, do="Keep one of them.")

    for number, unit in enumerate(document.rows("units")):
        spot: Spot = ("units", number)
        check("unit id", unit, (*spot, "id"))
        check("unit name", unit, (*spot, "name"))
        channels = unit.get("channels")
        for index, channel in enumerate(channels if isinstance(channels, list) else []):
            if isinstance(channel, dict):
                here = (*spot, "channels", index)
                kind = channel.get("kind")
                key = "address" if kind == ChannelKind.SITE else "name"
                check("channel id", channel, (*here, "id"))
                check(f"{kind} {key}", channel, (*here, key))
                _check_source(channel, here, faults)


def _check_source(channel: Mapping[str, object], here: Spot, faults: Faults) -> None:
    """Note a source that does not exist, and options that it cannot use."""
    source, options = channel.get("source"), channel.get("options")
    if isinstance(source, str) and source not in OPTIONS:
        faults.add((*here, "source"), what=f"`{source[:40]}` is no known source", do=one_of(tuple(OPTIONS), source))
    written = options if isinstance(options, dict) else {}
    # Of another type the file's own model speaks.
    plain = {str(name): value for name, value in written.items() if isinstance(value, str | int)}
    for name, what, do in option_faults(source if isinstance(source, str) else None, plain):
        faults.add((*here, "options", name), what=what, do=do)
