"""What a whitelist file would change in the records: pure, so that a preview and the import cannot differ."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import count

from config.errors import ConfigRefused, Problem
from config.units.entries import ChannelEntry, UnitEntry
from config.units.options import ACCOUNT, kept_options, option_faults, own_options
from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId, UnitId, new_id
from indexer.whitelist.records import Channel, Unit
from indexer.whitelist.states import LACKS, TOWARDS, Origin, is_open, lack_of

S = WhitelistStatus
REACH = ("kind", "address", "hosts", "path")  # what decides whose pages an approved channel lets in


class Outcome(StrEnum):
    """What happens to one unit or channel."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One unit or channel; fields: name → (before, after), only where changed. Absent ones stay as they are."""

    id: str
    name: str
    outcome: Outcome
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A status that the file asks for; taken: whether the import sets it; why_not: in words where it does not."""

    channel: ChannelId
    before: WhitelistStatus
    after: WhitelistStatus
    why_not: str = ""

    @property
    def is_taken(self) -> bool:
        """Tell whether the import sets it."""
        return not self.why_not


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A file beside the records: what to write, and the same in words."""

    units: tuple[Difference, ...]
    channels: tuple[Difference, ...]
    steps: tuple[Step, ...]
    saved_units: tuple[Unit, ...]
    saved_channels: tuple[Channel, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether an import would write nothing."""
        return not (self.saved_units or self.saved_channels or any(step.is_taken for step in self.steps))


def compare(
    entries: Sequence[UnitEntry], *, units: Iterable[Unit], channels: Iterable[Channel], file: str, approve: bool
) -> Comparison:
    """Return what importing the entries would do. What the file leaves out stays as recorded.

    approve: `approved` in the file counts; it lifts `applied` only, and a wider reach of an approved channel is taken.
    Raises ConfigRefused where file and records contradict each other.
    """
    work = _Work(units, channels, file=file, approve=approve)
    for entry in entries:
        work.take(entry)
    if work.problems:
        raise ConfigRefused(work.problems)
    return work.result()


class _Work:
    def __init__(self, units: Iterable[Unit], channels: Iterable[Channel], *, file: str, approve: bool) -> None:
        self.held_units = {unit.id: unit for unit in units}
        self.held_channels = {channel.id: channel for channel in channels}
        self.named = {unit.name: unit for unit in reversed(self.held_units.values())}  # of two alike the first
        self.of_unit: dict[UnitId, list[Channel]] = defaultdict(list)
        self.taken: set[str] = set(self.held_channels)
        for channel in self.held_channels.values():
            self.of_unit[channel.unit].append(channel)
        self.file, self.approve = file, approve
        self.problems: list[Problem] = []
        self.units: dict[UnitId, tuple[Unit | None, Unit]] = {}
        self.channels: dict[ChannelId, tuple[Channel | None, Channel]] = {}
        self.steps: list[Step] = []

    def take(self, entry: UnitEntry) -> None:
        named = self.named.get(entry.name)
        if named is not None and entry.id not in (None, named.id):
            what = f"the records hold `{entry.name}` under the id `{named.id}`"
            self._problem(entry.line, "id", what, f"Write `id: {named.id}`, or correct the name.")
            return
        unit_id = UnitId(entry.id or (named.id if named else new_id()))
        if unit_id in self.units:
            what = f"`{self.units[unit_id][1].name}` of the same file has the id `{unit_id}` too"
            self._problem(entry.line, "id", what, "Give each unit its own.")
            return
        held = self.held_units.get(unit_id)
        self.units[unit_id] = (held, _unit(entry, unit_id, held))
        for channel in entry.channels:
            self._take_channel(channel, unit=self.units[unit_id][1])

    def _take_channel(self, entry: ChannelEntry, *, unit: Unit) -> None:
        known = same_channel(entry, unit.id, self.of_unit.get(unit.id, ()))
        own = known.id if known else free_id(entry, unit.id, self.taken)
        channel_id = ChannelId(entry.id) if entry.id else own
        if channel_id in self.channels:
            what = f"another channel of the same file comes to the id `{channel_id}`"
            self._problem(entry.line, "id", what, "Give both an `id` of their own.")
            return
        held = self.held_channels.get(channel_id)
        if held is not None and held.unit != unit.id:
            what = f"the records hold the channel `{channel_id}` under the unit `{held.unit}`"
            self._problem(entry.line, "id", what, "Give the channel an id of its own.")
            return
        after = channel_of(entry, channel_id, unit=unit, held=held)
        for option, what, do in option_faults(after.source, own_options(after.options)):
            self._problem(entry.line, f"options.{option}", what, do)
        if held is not None and held.status is S.APPROVED and not self.approve and (wider := _reach(held, after)):
            what = f"the channel `{channel_id}` is approved, and the file changes its {wider}"
            self._problem(entry.line, wider, what, "Import with --approve-as NAME, who answers for it.")
        elif held is not None and held.status is S.APPROVED and (lack := lack_of(after)):
            what = f"`{channel_id}` could not stay approved: {LACKS[lack]}"
            self._problem(entry.line, "", what, "Complete the channel.")
        self.channels[channel_id] = (held, after)
        self.taken.add(channel_id)
        if entry.status is not None and (step := self._step(after, entry.status, entry.line)):
            self.steps.append(step)

    def _step(self, channel: Channel, wanted: WhitelistStatus, line: int) -> Step | None:
        before = channel.status
        if wanted in (before, S.APPLIED):
            return None
        is_lawful = is_open(before, TOWARDS[wanted], Origin.FILE)
        if not is_lawful and wanted is not S.APPROVED:
            return None  # it is lower already
        why_not = ""
        if not is_lawful:
            why_not = f"it is {before}: only `carnival units approve` lifts that"
        elif wanted is S.APPROVED and not self.approve:
            why_not = "an import approves only with --approve-as NAME"
        elif wanted is S.APPROVED and (lack := lack_of(channel)):
            what = f"`{channel.id}` cannot be approved: {LACKS[lack]}"
            self._problem(line, "status", what, "Complete the channel first.")
        return Step(channel=channel.id, before=before, after=wanted, why_not=why_not)

    def _problem(self, line: int, field: str, what: str, do: str) -> None:
        self.problems.append(Problem(file=self.file, line=line, field=field, what=what, do=do))

    def result(self) -> Comparison:
        absent_units = [unit for unit in self.held_units.values() if unit.id not in self.units]
        absent_channels = [channel for channel in self.held_channels.values() if channel.id not in self.channels]
        return Comparison(
            units=(*(_difference(*pair) for pair in self.units.values()), *(_absent(unit) for unit in absent_units)),
            channels=(
                *(_difference(*pair) for pair in self.channels.values()),
                *(_absent(channel) for channel in absent_channels),
            ),
            steps=tuple(self.steps),
            saved_units=tuple(after for before, after in self.units.values() if before != after),
            saved_channels=tuple(after for before, after in self.channels.values() if before != after),
        )


def _unit(entry: UnitEntry, unit_id: UnitId, held: Unit | None) -> Unit:
    return Unit(
        id=unit_id,
        name=entry.name,
        short_name=entry.short_name or (held.short_name if held else entry.name),
        system=entry.system.value,
        district=entry.district,
        former_names=entry.former_names or (held.former_names if held else ()),
        note=entry.recorded_note or (held.note if held else ""),
    )


def same_channel(entry: ChannelEntry, unit: UnitId, channels: Iterable[Channel]) -> Channel | None:
    """Return the channel of the unit that an entry without an id means: a site by its address, an account by name."""
    for held in channels:
        same = held.address == entry.address if entry.kind == ChannelKind.SITE else held.name == entry.name
        if held.unit == unit and held.kind == entry.kind and same:
            return held
    return None


def free_id(entry: ChannelEntry, unit: UnitId, taken: Collection[str]) -> ChannelId:
    """Return the id of a new channel: unit, kind and the first number that is free."""
    names = (ChannelId(f"{unit}-{entry.kind}-{number}") for number in count(1))
    return next(name for name in names if name not in taken)


def channel_of(entry: ChannelEntry, channel_id: ChannelId, *, unit: Unit, held: Channel | None = None) -> Channel:
    """Return the channel that an entry makes of a new one, or of the one that is recorded."""
    new = Channel(id=channel_id, unit=unit.id, kind=entry.kind, name=f"{unit.short_name}网站")
    base = held or new
    implied = base.hosts if set(entry.implied_hosts) <= set(base.hosts) else entry.implied_hosts
    return replace(
        base,
        kind=entry.kind,
        name=entry.name or base.name,
        source=entry.source or base.source,
        address=entry.address or base.address,
        hosts=entry.hosts or implied,
        path=entry.path or base.path,
        options={**_options_kept(base, entry), **entry.recorded_options},
        licence=entry.recorded_licence or base.licence,
    )


def _options_kept(held: Channel, entry: ChannelEntry) -> Mapping[str, str]:
    """What is recorded and the file leaves out, if the source takes it.

    An account is one thing, and a file that names one names all of it.
    """
    kept = kept_options(entry.source or held.source, held.options)
    if not any(key in entry.recorded_options for key in ACCOUNT):
        return kept
    return {key: value for key, value in kept.items() if key not in ACCOUNT}


def _reach(before: Channel, after: Channel) -> str | None:
    if any(before.options.get(key) != after.options.get(key) for key in ACCOUNT):
        return "account"
    return next((name for name in REACH if getattr(before, name) != getattr(after, name)), None)


def _difference(before: Unit | Channel | None, after: Unit | Channel) -> Difference:
    if before is None:
        return Difference(id=after.id, name=after.name, outcome=Outcome.ADDED, fields={})
    changed = {
        field.name: (_shown(getattr(before, field.name)), _shown(getattr(after, field.name)))
        for field in fields(after)
        if getattr(before, field.name) != getattr(after, field.name)
    }
    outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
    return Difference(id=after.id, name=after.name, outcome=outcome, fields=changed)


def _absent(held: Unit | Channel) -> Difference:
    return Difference(id=held.id, name=held.name, outcome=Outcome.ABSENT, fields={})


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={part}" for name, part in value.items())
    return "" if value is None else str(value)
