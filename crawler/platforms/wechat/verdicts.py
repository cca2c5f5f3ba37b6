"""What an answer of WeChat says of the authorisation, own or of a component. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from crawler.exchange import Answer
from crawler.platforms.fields import NotAnAnswer, parse
from crawler.platforms.port import Verdict
from crawler.platforms.wechat.errors import meaning_of, refusal_in
from indexer.catalogue.platform_words import PlatformCase

BY_CASE: Mapping[PlatformCase, Verdict] = MappingProxyType(
    {
        PlatformCase.TOKEN_REFUSED: Verdict.TOKEN_REFUSED,
        PlatformCase.AUTHORISATION_ENDED: Verdict.ENDED,
        PlatformCase.AUTHORISATION_WITHDRAWN: Verdict.WITHDRAWN,
        PlatformCase.QUOTA_SPENT: Verdict.SPENT,
    }
)


def verdict_of(answer: Answer) -> Verdict:
    """Return the verdict of an answer; of one that is no JSON, as of a proxy's page, it says nothing."""
    try:
        refused = refusal_in(parse(answer.body))
    except NotAnAnswer:
        return Verdict.FINE
    return Verdict.FINE if refused is None else BY_CASE.get(meaning_of(refused).case, Verdict.FINE)
