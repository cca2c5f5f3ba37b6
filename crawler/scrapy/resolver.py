"""Names are resolved under the guard: Twisted gets checked addresses, and connects to what it gets."""

from typing import Protocol, cast

from scrapy.crawler import Crawler
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # ships no types

from crawler.guard import Place, refused_address

PRIVATE_HOSTS = "CARNIVAL_PRIVATE_HOSTS"  # key of Scrapy's settings

Address = IPv4Address | IPv6Address

# Names whose addresses were refused, with the words. The reactor has one resolver for the whole process, so has this.
_refused_names: dict[str, str] = {}


def refused_name(host: str) -> str | None:
    """Return the words with which the host's addresses were refused last; None where they were not."""
    return _refused_names.get(host)


class Receiver(Protocol):
    """What Twisted hands addresses to: its IResolutionReceiver, in words that mypy knows."""

    def resolutionBegan(self, resolution: object) -> None: ...

    def addressResolved(self, address: Address) -> None: ...

    def resolutionComplete(self) -> None: ...


class NameResolver(Protocol):
    """Twisted's IHostnameResolver."""

    def resolveHostName(
        self, receiver: Receiver, hostName: str, portNumber: int, addressTypes: object, transportSemantics: str
    ) -> object: ...


@implementer(IHostnameResolver)
class GuardedResolver:
    """Gives Twisted only checked addresses, and Twisted connects to what it is given: nothing to rebind in between."""

    def __init__(self, reactor: ReactorBase, private_hosts: frozenset[str]) -> None:
        self.reactor, self.private_hosts = reactor, private_hosts
        self.inner = cast(NameResolver, reactor.nameResolver)

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> "GuardedResolver":
        """Called by Scrapy once a process."""
        return cls(reactor, frozenset(crawler.settings.getlist(PRIVATE_HOSTS)))

    def install_on_reactor(self) -> None:
        """Called by Scrapy before the first request."""
        self.reactor.installNameResolver(self)  # type: ignore[arg-type]  # mypy does not know zope's interfaces

    def resolveHostName(
        self,
        receiver: Receiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: object = None,
        transportSemantics: str = "TCP",
    ) -> object:
        """Resolve a name; also called for addresses written as numbers."""
        place = Place(scheme="http", host=hostName.rstrip(".").lower(), port=portNumber)
        checked = CheckedReceiver(receiver, place, self.private_hosts)
        return self.inner.resolveHostName(checked, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class CheckedReceiver:
    """Holds addresses back until all are known: one that is not public withholds them all."""

    def __init__(self, receiver: Receiver, place: Place, private_hosts: frozenset[str]) -> None:
        self.receiver, self.place, self.private_hosts = receiver, place, private_hosts
        self.addresses: list[Address] = []
        _refused_names.pop(place.host, None)

    def resolutionBegan(self, resolution: object) -> None:
        """Pass on."""
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Address) -> None:
        """Check and keep."""
        if why := refused_address(address.host, place=self.place, private_hosts=self.private_hosts):
            _refused_names[self.place.host] = why
        self.addresses.append(address)

    def resolutionComplete(self) -> None:
        """Hand over all, or none: Twisted then reports that the name has no address."""
        for address in self.addresses if self.place.host not in _refused_names else []:
            self.receiver.addressResolved(address)
        self.receiver.resolutionComplete()
