"""A trial source of a platform: POSTs with a credential to the platform's own host, for what an account published.

Not shipped: tests put this folder beside crawler/sources (tests/simulators/crawl_with_trial.py). Where the simulator
listens stands in the environment, as a real platform's host would stand here.
"""

import json
import os
from collections.abc import Iterator
from typing import Any

from config.units.options import ItemOptions
from crawler.exchange import OK, Answer, Ask, Body, Found, Method, Source, Unreadable
from crawler.extract.clean import clean
from crawler.extract.document import fragment
from crawler.extract.wechat.account import biz_of_address
from indexer.catalogue.items import Candidate, Proof
from indexer.whitelist.records import Channel

HOST = os.environ.get("TRIAL_PLATFORM", "api.platform.example")
SCHEME = os.environ.get("TRIAL_SCHEME", "https")
LIST, ARTICLE = "batchget", "getarticle"
TROUBLES = {40001: ("平台不认凭据", "请管理员检查凭据"), 42001: ("平台的凭据过期了", "请管理员重新设置凭据")}


class Trial(Source[ItemOptions]):
    """Lists an account's publications, then reads each."""

    kind, options, proof = "trial", ItemOptions, Proof.ACCOUNT
    hosts = frozenset({HOST})
    quotas = {LIST: 3, ARTICLE: 100}  # noqa: RUF012 - read only

    def is_polled(self, channel: Channel) -> bool:
        """Always: the platform knows the account by its credential."""
        return True

    def start(self, channel: Channel, options: ItemOptions) -> Iterator[Ask]:
        """The list of what was published."""
        yield _call(LIST, {"offset": 0, "count": 20, "no_content": 1})

    def read(self, channel: Channel, options: ItemOptions, answer: Answer) -> Iterator[Found]:
        """Of the list a call for each article; of an article its candidate. Raises Unreadable."""
        said = _said(channel, answer)
        yield from (_call(ARTICLE, {"article_id": one["article_id"]}, one["url"]) for one in said.get("item", []))
        for news in said.get("news_item", []):
            url, written = str(news["url"]), str(news["content"])
            text, biz = " ".join(fragment(written).itertext()), biz_of_address(url)
            html = clean(written, url)
            yield Candidate(channel=channel.id, url=url, title=news["title"], text=text, html=html, account_biz=biz)


def _call(call: str, fields: dict[str, object], leads_to: str = "") -> Ask:
    return Ask(
        url=f"{SCHEME}://{HOST}/cgi-bin/freepublish/{call}",
        method=Method.POST,
        body=Body(content=json.dumps(fields).encode()),
        credential="trial",
        call=call,
        leads_to=(leads_to,) if leads_to else (),
        takes_any_answer=True,
    )


def _said(channel: Channel, answer: Answer) -> dict[str, Any]:
    try:
        said = json.loads(answer.body)
    except ValueError:
        said = None
    if not isinstance(said, dict) or answer.status != OK or said.get("errcode", 0):
        code = said.get("errcode", 0) if isinstance(said, dict) else 0
        what, do = TROUBLES.get(code, (f"平台回答 {answer.status}，没有内容", "下一轮会再试"))
        raise Unreadable(channel, what, do=do)
    return said


SOURCE = Trial()
