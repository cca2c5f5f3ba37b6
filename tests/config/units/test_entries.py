"""config.units.entries: what a file says of a unit and a channel, and what the records make of it."""

from datetime import date

import pytest
from pydantic import ValidationError

from config.settings import SHIPPED
from config.taxonomy import load_taxonomy
from config.units.entries import TAXONOMY, ChannelEntry, UnitEntry
from config.units.options import ACCOUNT_BIZ, BELONGS_TO
from config.words import ChannelKind, HostOwner, System


def channel(**given: object) -> ChannelEntry:
    return ChannelEntry.model_validate({"kind": "site", "address": "http://Hall.example/news/", **given})


def unit(**given: object) -> UnitEntry:
    return UnitEntry.model_validate({"name": "示例馆", "system": "区", "district": "海淀区", **given})


def test_a_channel_lives_on_the_host_of_its_address_or_its_platform() -> None:
    account = ChannelEntry(kind=ChannelKind.WECHAT, name="示例")

    assert channel().implied_hosts == ("hall.example",)
    assert channel(hosts=["hall.example", "b.example"]).implied_hosts == ("hall.example", "b.example")
    assert account.implied_hosts == ("mp.weixin.qq.com",)


def test_records_keep_account_and_owner_among_the_options() -> None:
    parents = channel(belongs_to="parent", path="/column/", options={"item": "li"})
    account = ChannelEntry.model_validate({"kind": "wechat", "name": "示例", "account": {"biz": "MzA3MDM3NjE5NQ=="}})

    assert dict(parents.recorded_options) == {"item": "li", BELONGS_TO: HostOwner.PARENT}
    assert dict(account.recorded_options) == {ACCOUNT_BIZ: "3070376195"}


def test_a_licence_is_recorded_with_its_day() -> None:
    assert channel(licence="一号", licensed_on=date(2026, 8, 1)).recorded_licence == "一号，2026-08-01"
    assert channel(licence="一号").recorded_licence == "一号"
    assert channel(licensed_on=date(2026, 8, 1)).recorded_licence is None


def test_notes_stand_in_one_without_repeats() -> None:
    noted = unit(name_confirmed=False, note="甲", channels=[channel(note="乙"), channel(note="甲")])

    assert noted.recorded_note == "名称待核实；甲；乙"


@pytest.mark.parametrize("text", ["学会/高校/园区/企业", "学会 高校 园区 企业", "学会·高校·园区·企业"])
def test_a_system_is_known_whatever_parts_its_words(text: str) -> None:
    assert unit(system=text).system is System.SOCIETIES


def test_a_district_is_an_id_where_the_taxonomy_is_known() -> None:
    taxonomy = load_taxonomy(SHIPPED / "taxonomy.yaml")

    known = UnitEntry.model_validate({"name": "a", "system": "区", "district": "密云县"}, context={TAXONOMY: taxonomy})

    assert (known.district, unit().district) == ("miyun", "海淀区")
    with pytest.raises(ValidationError, match="'月球' is no district"):
        UnitEntry.model_validate({"name": "a", "system": "区", "district": "月球"}, context={TAXONOMY: taxonomy})


def test_a_line_is_no_key_of_the_file_and_stays_with_a_changed_copy() -> None:
    placed = channel().placed(7, path="/x/")

    assert (placed.line, placed.path, channel().line) == (7, "/x/", 0)
    with pytest.raises(ValidationError, match="line"):
        channel(line=3)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://a.example:80/feed.xml", "a.example"),
        ("https://A.Example:443/", "a.example"),
        ("https://a.example:8443/", "a.example:8443"),
        ("http://a.example:443/", "a.example:443"),
    ],
)
def test_the_host_of_an_address_is_the_one_that_its_pages_are_compared_with(address: str, host: str) -> None:
    assert channel(address=address, hosts=[]).implied_hosts == (host,)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"address": "ftp://a.example/"}, "is no http"),
        ({"address": "http://u:p@a.example/"}, "holds a user name or password"),
        ({"address": "http://科普.example/"}, "is no host"),
        ({"address": "http://a.example:99999/"}, "is read differently by different programs"),
        ({"address": "http://a.example/\\b.example"}, "is read differently by different programs"),
        ({"hosts": ["b.example"]}, "the address lies outside the channel's hosts"),
        ({"hosts": ["a.example:443"], "address": "https://a.example:443/"}, "lies outside"),
        ({"path": "news"}, "is no path"),
        ({"belongs_to": "parent"}, "the host is a parent body's"),
        ({"address": None, "hosts": ["a.example"], "source": "feed"}, "has nothing to read"),
        ({"status": "approved"}, "is approved without a licence"),
    ],
)
def test_a_channel_that_contradicts_itself_is_refused(given: dict[str, object], what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        channel(**given)
