"""All simulated services of one world, started and ended together."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tests.simulators.component.login import PATH as LOGIN
from tests.simulators.component.login import ComponentLogin
from tests.simulators.component.platform import PREFIX, ComponentApi
from tests.simulators.sites.pictures import picture
from tests.simulators.sites.server import Sites
from tests.simulators.speaking import NOTHING, Reply, Request, Service
from tests.simulators.wechat.addresses import API, MP, PICTURES
from tests.simulators.wechat.api import WechatApi
from tests.simulators.wechat.courier import Courier
from tests.simulators.wechat.pages import WechatPages
from tests.simulators.weibo.api import WeiboApi
from tests.simulators.weibo.oauth import WeiboOauth
from tests.simulators.world.accounts import Component
from tests.simulators.world.world import World

WEIBO = "api.weibo.com"
WEIBO_PICTURES = ("wx1.sinaimg.cn", "wx2.sinaimg.cn", "wx3.sinaimg.cn", "wx4.sinaimg.cn")
SITES = "sites"  # no host of its own: units' sites have many
Answering = Callable[[Request], Reply]


@dataclass(kw_only=True)
class Platforms:
    """What answers, by the host that it stands in for. component, oauth: None where the world has none."""

    world: World
    component: Component | None = None
    oauth: WeiboOauth | None = None
    api: WechatApi = field(init=False)
    courier: Courier = field(init=False)
    third_party: ComponentApi | None = field(init=False, default=None)
    sites: Sites = field(init=False)

    def __post_init__(self) -> None:
        self.api, self.courier, self.sites = WechatApi(self.world), Courier(self.world), Sites(self.world)
        if self.component is not None:
            self.third_party = ComponentApi(self.world, self.api, self.courier, self.component)

    def answering(self) -> Mapping[str, Answering]:
        """Return what answers for each host."""
        found: dict[str, Answering] = {
            API: self._api,
            MP: self._mp,
            PICTURES: drawn,
            SITES: self.sites.answer,
        }
        if self.oauth is not None:
            found[WEIBO] = WeiboApi(self.world, self.oauth).answer
            found |= dict.fromkeys(WEIBO_PICTURES, drawn)
        return found

    def _api(self, request: Request) -> Reply:
        if not request.path.startswith(PREFIX):
            return self.api.answer(request)
        return self.third_party.answer(request) if self.third_party else NOTHING

    def _mp(self, request: Request) -> Reply:
        if request.path != LOGIN:
            return WechatPages(self.world).answer(request)
        return ComponentLogin(self.third_party).answer(request) if self.third_party else NOTHING


def drawn(request: Request) -> Reply:
    """A picture, whatever address is asked for."""
    return Reply(body=picture(request.path), headers={"Content-Type": "image/jpeg"})


class Running:
    """The services of some hosts, each on a port of loopback while this is entered; ports: by host, else a free one."""

    def __init__(self, answering: Mapping[str, Answering], *, ports: Mapping[str, int] | None = None) -> None:
        self._services = {host: Service(answer, port=(ports or {}).get(host, 0)) for host, answer in answering.items()}
        self._stack = ExitStack()

    @property
    def stand_ins(self) -> dict[str, str]:
        """Host → `127.0.0.1:port`, as CARNIVAL_STAND_INS has it; without units' sites, whose hosts are many."""
        return {host: service.host for host, service in self._services.items() if host != SITES}

    def host(self, name: str) -> str:
        """Return `127.0.0.1:port` of a service."""
        return self._services[name].host

    def __enter__(self) -> Self:
        for service in self._services.values():
            self._stack.enter_context(service)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
