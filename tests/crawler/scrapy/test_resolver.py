"""crawler.scrapy.resolver: Twisted gets only addresses that may be reached; one that may not withholds all."""

from types import SimpleNamespace

import pytest
from scrapy.settings import Settings as ScrapySettings
from twisted.internet.address import IPv4Address

from crawler.scrapy.resolver import PRIVATE_HOSTS, Address, GuardedResolver, Receiver, refused_name

PUBLIC, INSIDE = "93.184.216.34", "10.0.0.7"


class Dns:
    """Twisted's own resolver, which knows one name's addresses; it answers at once."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    def resolveHostName(
        self, receiver: Receiver, hostName: str, portNumber: int, addressTypes: object, transportSemantics: str
    ) -> object:
        assert (addressTypes, transportSemantics) == (None, "TCP")
        receiver.resolutionBegan(hostName)
        for address in self.addresses:
            receiver.addressResolved(IPv4Address("TCP", address, portNumber))
        receiver.resolutionComplete()
        return hostName


class Connecting:
    """Who asked for the name: notes what it is told."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.said: list[str] = []

    def resolutionBegan(self, resolution: object) -> None:
        self.said.append(f"began {resolution}")

    def addressResolved(self, address: Address) -> None:
        self.got.append(address.host)

    def resolutionComplete(self) -> None:
        self.said.append("complete")


def resolved(host: str, *addresses: str, port: int = 80, private_hosts: tuple[str, ...] = ()) -> Connecting:
    installed: list[GuardedResolver] = []
    reactor = SimpleNamespace(nameResolver=Dns(*addresses), installNameResolver=installed.append)
    crawler = SimpleNamespace(settings=ScrapySettings({PRIVATE_HOSTS: list(private_hosts)}))
    GuardedResolver.from_crawler(crawler, reactor).install_on_reactor()  # type: ignore[arg-type]  # all that it looks at
    asked = Connecting()
    installed[0].resolveHostName(asked, host, port)
    assert asked.said == [f"began {host}", "complete"]
    return asked


def test_public_addresses_are_handed_over_in_their_order() -> None:
    assert resolved("www.unit.example", PUBLIC, "93.184.216.35").got == [PUBLIC, "93.184.216.35"]
    assert refused_name("www.unit.example") is None


@pytest.mark.parametrize("addresses", [(INSIDE,), (PUBLIC, INSIDE), (INSIDE, PUBLIC)])
def test_one_address_inside_withholds_all_of_the_name_and_says_why(addresses: tuple[str, ...]) -> None:
    assert resolved("mixed.unit.example", *addresses).got == []
    assert INSIDE in (refused_name("mixed.unit.example") or "")


def test_a_name_whose_addresses_are_public_again_is_refused_no_longer() -> None:
    resolved("moved.unit.example", INSIDE)

    assert resolved("Moved.Unit.Example.", PUBLIC).got == [PUBLIC]
    assert refused_name("moved.unit.example") is None


def test_an_address_inside_is_reached_at_the_port_that_the_deployment_names_and_at_no_other() -> None:
    allowed = ("lan.unit.example:8790",)

    assert resolved("lan.unit.example", INSIDE, port=8790, private_hosts=allowed).got == [INSIDE]
    assert resolved("lan.unit.example", INSIDE, port=8791, private_hosts=allowed).got == []
