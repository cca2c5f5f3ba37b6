"""What WeChat tells the component: its ticket, and accounts that authorise it, change that, or take it back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from config.settings import Settings
from crawler.platforms.port import PlatformRefused
from crawler.platforms.wechat.authorising import ComponentCalls, account_token_name, ticket_name
from crawler.platforms.wechat.component import TICKET_LASTS
from indexer.base.actors import Actor, ActorKind
from indexer.catalogue.platform_words import PlatformCase
from indexer.connections.binding import AuthorisedAccount, Fit, bind, channel_for, withdraw
from indexer.connections.events import Event
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import connections, tokens
from indexer.records.database import Database
from indexer.records.sealing import seal
from indexer.records.tokens import SealedToken

BY_EVENT = Actor(kind=ActorKind.SOURCE, id="wechat", name="微信授权事件")  # of an account that nobody came back with
log = structlog.get_logger()


class Authorisations:
    """Does what notices of the component tell. All but the ticket raise PlatformRefused, FetchRefused."""

    def __init__(
        self, settings: Settings, database: Database, *, component: ComponentCalls, clock: Callable[[], datetime]
    ) -> None:
        self._settings, self._database, self._component, self._clock = settings, database, component, clock

    def ticket(self, event: Event) -> str:
        """Keep the ticket, unless a newer one is here: they come in no promised order."""
        now = self._clock()
        since = min(_moment(event) or now, now)
        kept = SealedToken(
            name=ticket_name(event.component),
            sealed=seal(self._settings, event.ticket),
            expires_at=since + TICKET_LASTS,
            fetched_at=since,
        )
        with self._database.transaction() as tx:
            held = tokens.token(tx, kept.name)
            if held is not None and held.fetched_at >= kept.fetched_at:
                return "已有更新的票据"
            tokens.keep(tx, kept)
        return "票据已保存"

    def authorised(self, event: Event) -> str:
        """Exchange the code; connect the channel whose account it is, where there is one, or renew its connection."""
        found = account_of_code(self._component, event.code)
        if event.account and event.account != found.account:
            return "授权码不是事件所说的公众号的"
        with self._database.reading() as tx:
            channel = channel_for(tx, found)
        if channel is None:
            return "没有渠道登记了这个公众号：请单位从“连接”页发起授权"
        fit = bind(self._database, self._settings, channel, found, by=BY_EVENT, now=self._clock())
        log.info("account_authorised", channel=channel, fit=fit)
        return f"授权已保存（{fit}）" if fit in (Fit.FITS, Fit.UNCONFIRMED) else f"授权没有保存（{fit}）"

    def unauthorised(self, event: Event) -> str:
        """Wipe the connection. A notice that is older than it may have been overtaken: the platform is asked then."""
        with self._database.reading() as tx:
            found = connections.of_account(tx, Platform.COMPONENT, event.account)
        if found is None or found.state in (ConnectionState.WITHDRAWN, ConnectionState.DISCONNECTED):
            return "没有这个公众号的连接"
        moment = _moment(event)
        if moment is not None and moment < found.at and self._is_still_authorised(found):
            return "取消之后又授权过：连接不变"
        with self._database.transaction() as tx:
            held = connections.connection(tx, found.channel)
            if held is None or held.sealed != found.sealed:
                return "取消之后又授权过：连接不变"
            withdraw(tx, held, token_name=account_token_name(held.account), now=self._clock())
        log.info("authorisation_withdrawn", channel=found.channel)
        return "授权已取消，凭据已清除"

    def _is_still_authorised(self, connection: Connection) -> bool:
        try:
            self._component.account_info(connection.account)
        except PlatformRefused as refused:
            if refused.trouble.case == PlatformCase.AUTHORISATION_WITHDRAWN:
                return False
            raise
        return True


def account_of_code(component: ComponentCalls, code: str) -> AuthorisedAccount:
    """Return the account of a code, with who it is. Raises PlatformRefused, FetchRefused."""
    got = component.exchange(code)
    info = component.account_info(got.appid)
    return AuthorisedAccount(
        account=got.appid,
        name=info.name,
        original_id=info.original_id,
        subject=info.subject,
        rights=tuple(str(number) for number in got.rights),
        refresh_token=got.refresh_token,
        token_name=account_token_name(got.appid),
        token=got.token,
        lasts=timedelta(seconds=got.expires_in or 0),
    )


def _moment(event: Event) -> datetime | None:
    return datetime.fromtimestamp(event.at, UTC) if event.at is not None and event.at < 4_000_000_000 else None
