"""The one mapping between rows and records, in both directions."""

from collections.abc import Iterable, Sequence
from datetime import timedelta, timezone
from types import MappingProxyType
from typing import Any

from sqlalchemy import RowMapping

from indexer.accounts import User
from indexer.duplicates.credits import credited
from indexer.items import Channel, Decision, Edition, Finding, Item, Media, Refusal, Tag, Unit, Version, WhitelistChange
from indexer.records import tables as t
from indexer.times import Published

Values = dict[str, Any]


def unit_of(row: RowMapping) -> Unit:
    """Return the unit of a row of `units`."""
    c = t.units.c
    return Unit(
        id=row[c.id],
        name=row[c.name],
        short_name=row[c.short_name],
        system=row[c.system],
        district=row[c.district],
        former_names=tuple(row[c.former_names]),
        note=row[c.note],
    )


def unit_values(unit: Unit) -> Values:
    """Return the columns of a unit, its id among them."""
    return {
        "id": unit.id,
        "name": unit.name,
        "short_name": unit.short_name,
        "system": unit.system,
        "district": unit.district,
        "former_names": list(unit.former_names),
        "note": unit.note,
    }


def channel_of(row: RowMapping) -> Channel:
    """Return the channel of a row of `channels`."""
    c = t.channels.c
    return Channel(
        id=row[c.id],
        unit=row[c.unit],
        kind=row[c.kind],
        name=row[c.name],
        source=row[c.source],
        address=row[c.address],
        hosts=tuple(row[c.hosts]),
        path=row[c.path],
        options=MappingProxyType(dict(row[c.options])),
        status=row[c.status],
        licence=row[c.licence],
    )


def channel_values(channel: Channel) -> Values:
    """Return the columns of a channel, its id among them, but not its status."""
    return {
        "id": channel.id,
        "unit": channel.unit,
        "kind": channel.kind,
        "name": channel.name,
        "source": channel.source,
        "address": channel.address,
        "hosts": list(channel.hosts),
        "path": channel.path,
        "options": dict(channel.options),
        "licence": channel.licence,
    }


def change_of(row: RowMapping) -> WhitelistChange:
    """Return the step of a row of `whitelist_changes`."""
    c = t.whitelist_changes.c
    return WhitelistChange(
        channel=row[c.channel],
        before=row[c.before],
        after=row[c.after],
        who=row[c.who],
        why=row[c.why],
        at=row[c.at],
    )


def refusal_of(row: RowMapping) -> Refusal:
    """Return the refusal of a row of `refusals`."""
    c = t.refusals.c
    return Refusal(
        channel=row[c.channel],
        unit=row[c.unit],
        url=row[c.url],
        title=row[c.title],
        reason=row[c.reason],
        message=row[c.message],
        at=row[c.at],
    )


def item_of(row: RowMapping) -> Item:
    """Return the item of a row that holds the columns of `items`."""
    c = t.items.c
    return Item(
        id=row[c.id],
        unit=row[c.unit],
        channel=row[c.channel],
        key=row[c.key],
        kind=row[c.kind],
        state=row[c.state],
        latest=row[c.latest],
        public=row[c.public],
        cluster=row[c.cluster],
        created_at=row[c.created_at],
    )


def version_of(row: RowMapping, media: Sequence[Media]) -> Version:
    """Return the version of a row that holds the columns of `versions`; its media stand in a table of their own."""
    c = t.versions.c
    return Version(
        item=row[c.item],
        number=row[c.number],
        url=row[c.url],
        title=row[c.title],
        author=row[c.author],
        account=row[c.account],
        published=_published_of(row),
        html=row[c.html],
        text=row[c.text],
        media=tuple(media),
        content_hash=row[c.content_hash],
        collected_at=row[c.collected_at],
        omitted_chars=row[c.omitted_chars],
    )


def version_values(version: Version) -> Values:
    """Return the columns of a version, its media left out."""
    published = version.published
    offset = published.at.utcoffset() if published else None
    return {
        "item": version.item,
        "number": version.number,
        "url": version.url,
        "title": version.title,
        "author": version.author,
        "account": version.account,
        "published_at": published.at if published else None,
        "published_offset_seconds": None if offset is None else int(offset.total_seconds()),
        "published_is_day": published.is_day if published else None,
        "html": version.html,
        "text": version.text,
        "omitted_chars": version.omitted_chars,
        "content_hash": version.content_hash,
        "credits": list(credited(title=version.title, text=version.text)),
        "collected_at": version.collected_at,
    }


def media_of(row: RowMapping) -> Media:
    """Return the medium of a row of `media`."""
    return Media(kind=row[t.media.c.kind], url=row[t.media.c.url])


def tag_of(row: RowMapping) -> Tag:
    """Return the tag of a row of `tags`."""
    c = t.tags.c
    return Tag(facet=row[c.facet], id=row[c.tag], score=row[c.score], by=row[c.set_by])


def finding_of(row: RowMapping) -> Finding:
    """Return the finding of a row of `findings`."""
    c = t.findings.c
    return Finding(
        rule=row[c.rule],
        rule_version=row[c.rule_version],
        severity=row[c.severity],
        where=row[c.field],
        start=row[c.start],
        end=row[c.end],
        excerpt=row[c.excerpt],
        message=row[c.message],
    )


def finding_values(findings: Iterable[Finding]) -> list[Values]:
    """Return the columns of findings in their order, without item and version."""
    return [
        {
            "position": position,
            "rule": finding.rule,
            "rule_version": finding.rule_version,
            "severity": finding.severity,
            "field": finding.where,
            "start": finding.start,
            "end": finding.end,
            "excerpt": finding.excerpt,
            "message": finding.message,
        }
        for position, finding in enumerate(findings)
    ]


def decision_of(row: RowMapping) -> Decision:
    """Return the decision of a row of `decisions`."""
    c = t.decisions.c
    return Decision(
        id=row[c.id],
        item=row[c.item],
        version=row[c.version],
        move=row[c.move],
        before=row[c.before],
        after=row[c.after],
        public_before=row[c.public_before],
        public_after=row[c.public_after],
        who=row[c.who],
        why=row[c.why],
        at=row[c.at],
        rules=tuple(row[c.rules]),
        undoes=row[c.undoes],
        batch=row[c.batch],
    )


def user_of(row: RowMapping) -> User:
    """Return the person of a row of `users`; the password's hash stays behind."""
    c = t.users.c
    return User(id=row[c.id], name=row[c.name], role=row[c.role], unit=row[c.unit])


def edition_of(row: RowMapping) -> Edition:
    """Return the edition of a row of `editions`."""
    c = t.editions.c
    return Edition(id=row[c.id], label=row[c.label], theme=row[c.theme], starts=row[c.starts], ends=row[c.ends])


def _published_of(row: RowMapping) -> Published | None:
    """A bare day is midnight where the source is: in UTC it would name the day before, so the zone is kept."""
    c = t.versions.c
    at, offset = row[c.published_at], row[c.published_offset_seconds]
    if at is None or offset is None:
        return None
    return Published(at=at.astimezone(timezone(timedelta(seconds=offset))), is_day=bool(row[c.published_is_day]))
