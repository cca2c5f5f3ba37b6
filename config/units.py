"""A whitelist file (YAML, CSV, XLSX) as units and their channels; nothing of it is taken where one thing is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from config.document import Document, Spot
from config.errors import ConfigRefused
from config.settings import SHIPPED
from config.taxonomy import Taxonomy, load_taxonomy
from config.unit_shapes import ChannelShape, Kind, Owner, UnitShape, WhitelistShape
from config.unit_sheet import read_csv, read_xlsx
from config.validation import Faults, one_of
from config.yamlfile import read_yaml, whole

BELONGS_TO = "belongs_to"  # in a channel's options: `parent` where the host is a parent body's
# In the options of a WeChat channel: the account that it is. biz: decimal digits.
ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME = "account_biz", "account_original_id", "account_name"
ACCOUNT = (ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME)
Given = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEntry:
    """What a file says of one channel, in the words of indexer.items.Channel. None or empty: the file says nothing.

    implied_hosts: where it gives no hosts, the host of the address, else those of the kind; one of the two is filled.
    status: `applied` says nothing of a channel that is recorded already. licence: reference of the consent, with its
    day where the file gives one. line: where it stands.
    """

    id: str | None
    kind: str
    name: str | None
    source: str | None
    address: str | None
    hosts: tuple[str, ...]
    implied_hosts: tuple[str, ...]
    path: str | None
    options: Mapping[str, str]
    status: str | None
    licence: str | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """What a file says of one unit, in the words of indexer.items.Unit. None or empty: the file says nothing.

    name: the full official name, unique. system: a label of config.unit_shapes.System. district: an id of the
    taxonomy, whatever the file called it. line: where it stands.
    """

    id: str | None
    name: str
    short_name: str | None
    system: str
    district: str
    former_names: tuple[str, ...]
    note: str
    channels: tuple[ChannelEntry, ...]
    line: int


def load_units(path: Path, *, taxonomy: Taxonomy | None = None) -> tuple[UnitEntry, ...]:
    """Return the units of that file; `taxonomy` (else the shipped one) knows the districts. Raises ConfigRefused."""
    document = read_document(path)
    taxonomy = taxonomy or load_taxonomy(SHIPPED / "taxonomy.yaml")
    faults = Faults(document)
    file = faults.must_read(WhitelistShape, document.data, ())
    _check_unique(file.units, faults)
    units = []
    for number, given in enumerate(file.units):
        shape = faults.read(UnitShape, given, ("units", number))
        district = _district(given, taxonomy, faults=faults, spot=("units", number, "district"))
        if shape is not None and district is not None:
            units.append(_unit(shape, district=district, document=document, spot=("units", number)))
    faults.stop_if_any()
    return tuple(units)


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


def _district(given: Given, taxonomy: Taxonomy, *, faults: Faults, spot: Spot) -> str | None:
    text = given.get("district")
    if not isinstance(text, str):
        return None  # the shape has said so
    found = taxonomy.district(text)
    if found is None:
        labels = [district.label for district in taxonomy.districts]
        faults.add(spot, what=f"'{text[:40]}' is no district", do=one_of(labels, text))
        return None
    return found.id


def _check_unique(units: tuple[dict[str, object], ...], faults: Faults) -> None:
    first: dict[tuple[str, object], Spot] = {}
    for number, unit in enumerate(units):
        spot: Spot = ("units", number)
        for key in ("id", "name"):
            _once(first, (f"unit {key}", unit.get(key)), (*spot, key), faults)
        channels = unit.get("channels")
        for index, channel in enumerate(channels if isinstance(channels, list) else []):
            if isinstance(channel, dict):
                _check_channel(channel, (*spot, "channels", index), first=first, faults=faults)


def _check_channel(channel: Given, spot: Spot, *, first: dict[tuple[str, object], Spot], faults: Faults) -> None:
    _once(first, ("channel id", channel.get("id")), (*spot, "id"), faults)
    kind = channel.get("kind")
    key = "address" if kind == Kind.SITE else "name"
    _once(first, (f"{kind} {key}", channel.get(key)), (*spot, key), faults)


def _once(first: dict[tuple[str, object], Spot], seen: tuple[str, object], spot: Spot, faults: Faults) -> None:
    meaning, value = seen
    if not isinstance(value, str):
        return
    earlier = first.setdefault(seen, spot)
    if earlier != spot:
        what = f"the {meaning} `{value[:80]}` stands twice (first on line {faults.document.line(earlier)})"
        faults.add(spot, what=what, do="Keep one of them.")


def _unit(shape: UnitShape, *, district: str, document: Document, spot: Spot) -> UnitEntry:
    notes = [shape.note, *(channel.note for channel in shape.channels)]
    if not shape.name_confirmed:
        notes.insert(0, "名称待核实")
    return UnitEntry(
        id=shape.id,
        name=shape.name,
        short_name=shape.short_name,
        system=shape.system.value,
        district=district,
        former_names=shape.former_names,
        note="；".join(dict.fromkeys(note for note in notes if note)),
        channels=tuple(
            _channel(channel, line=document.line((*spot, "channels", number)))
            for number, channel in enumerate(shape.channels)
        ),
        line=document.line(spot),
    )


def _channel(shape: ChannelShape, *, line: int) -> ChannelEntry:
    signed = f"，{shape.licensed_on.isoformat()}" if shape.licensed_on else ""
    parent = {BELONGS_TO: Owner.PARENT.value} if shape.belongs_to is Owner.PARENT else {}
    return ChannelEntry(
        id=shape.id,
        kind=shape.kind.value,
        name=shape.name,
        source=shape.source,
        address=shape.address,
        hosts=shape.hosts,
        implied_hosts=shape.every_host(),
        path=shape.path,
        options=MappingProxyType({**shape.options, **parent, **_account(shape)}),
        status=shape.status.value if shape.status else None,
        licence=f"{shape.licence}{signed}" if shape.licence else None,
        line=line,
    )


def _account(shape: ChannelShape) -> dict[str, str]:
    if shape.account is None:
        return {}
    values = (shape.account.biz, shape.account.original_id, shape.account.name)
    return {key: value for key, value in zip(ACCOUNT, values, strict=True) if value}
