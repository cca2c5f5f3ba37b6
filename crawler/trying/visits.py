"""Guarded requests of one trial: each asked of robots.txt, with the collector's pause between them, to an end."""

import time
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from protego import Protego

from config.settings import Settings
from crawler.exchange import OK, Answer, Ask
from crawler.guard import FetchRefused, place_of, send
from indexer.base.ids import WECHAT_HOST

TRIAL_SECONDS = 120.0  # after it no further request is begun
MOST_FETCH_SECONDS = 60.0  # of one answer: with the reading of the last one, a trial ends within the inbox's claim
SERVER_ERROR = 500
UNSETTLED = "网站的 robots.txt 出错，不知道是否允许采集（回答 {status}）。请检查网站"
UNREAD = "先读网站的 robots.txt 时：{why}"
FORBIDDEN = "网站的 robots.txt 不允许采集：{url}。请单位在 robots.txt 中允许本采集器，或改为推送"
OVER = f"试采已用 {TRIAL_SECONDS:.0f} 秒，其余的没有再看。请检查网站是否太慢"


class TimeOver(FetchRefused):
    """The trial's time is over: whatever else it would ask for is refused too."""


@dataclass(slots=True, kw_only=True)
class Visits:
    """What one trial asks; one request after the other."""

    settings: Settings
    begun: float = field(default_factory=time.monotonic)
    _last: dict[str, float] = field(default_factory=dict)  # netloc → when it was asked
    _rules: dict[str, Protego] = field(default_factory=dict)  # origin → what it allows

    def answer(self, ask: Ask, *, hosts: Collection[str] = ()) -> Answer:
        """Return the answer to one request, with what the source knows of it. Raises FetchRefused, TimeOver.

        hosts: where given, every hop must lie on one of them.
        """
        if not self._allows(ask.url, hosts):
            raise FetchRefused(FORBIDDEN.format(url=ask.url[:200]))
        return replace(self._send(ask, hosts), about=ask.about)

    def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps that the robots.txt of this address names, as far as it was asked for."""
        rules = self._rules.get(_origin(url))
        return list(rules.sitemaps) if rules else []

    def _allows(self, url: str, hosts: Collection[str]) -> bool:
        """Whether robots.txt allows it. A page on WeChat is never polled: what people push is asked for as they do."""
        if place_of(url).host == WECHAT_HOST:
            return True
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = self._read_rules(f"{origin}/robots.txt", hosts)
        return bool(self._rules[origin].can_fetch(url, self.settings.user_agent))

    def _read_rules(self, url: str, hosts: Collection[str]) -> Protego:
        """The rules; none where the site has no such file. Raises FetchRefused where it cannot say (RFC 9309)."""
        try:
            answer = self._send(Ask(url=url, takes_any_answer=True), hosts)
        except TimeOver:
            raise
        except FetchRefused as refused:
            raise FetchRefused(UNREAD.format(why=refused)) from refused
        if answer.status >= SERVER_ERROR:
            raise FetchRefused(UNSETTLED.format(status=answer.status))
        return Protego.parse(answer.body.decode("utf-8", "replace") if answer.status == OK else "")

    def _send(self, ask: Ask, hosts: Collection[str]) -> Answer:
        host = place_of(ask.url).netloc
        now = time.monotonic()
        waits = max(0.0, self._last.get(host, float("-inf")) + self.settings.crawl_delay_seconds - now)
        if now + waits - self.begun > TRIAL_SECONDS:
            raise TimeOver(OVER)
        time.sleep(waits)
        bound = {"fetch_seconds": min(self.settings.fetch_seconds, MOST_FETCH_SECONDS)}
        try:
            return send(ask, self.settings.model_copy(update=bound), hosts=hosts)
        finally:
            self._last[host] = time.monotonic()


def _origin(url: str) -> str:
    place = place_of(url)
    return f"{place.scheme}://{place.netloc}"
