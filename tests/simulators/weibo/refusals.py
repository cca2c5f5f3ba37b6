"""How Weibo's API says no: a status of HTTP, a code, a word, and the path that was asked."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.simulators.speaking import Reply, as_json

WORDS: Mapping[int, tuple[int, str]] = MappingProxyType(
    {
        10006: (400, "source paramter(appkey) is missing"),
        10022: (403, "IP requests out of rate limit"),
        10023: (403, "User requests out of rate limit!"),
        20101: (400, "target weibo does not exist!"),
        21301: (401, "auth faild!"),
        21322: (400, "redirect_uri_mismatch"),
        21324: (400, "invalid_client"),
        21325: (400, "invalid_grant"),
        21327: (401, "expired_token"),
        21330: (403, "access_denied"),
        21332: (401, "invalid_access_token"),
        21335: (400, "request uid's value must be the current user"),
    }
)


class WeiboRefusal(Exception):
    """A call that is answered with an error."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.status, self.words = WORDS[code]
        super().__init__(f"{code} {self.words}")

    def reply(self, path: str) -> Reply:
        """As it is sent."""
        return as_json({"error": self.words, "error_code": self.code, "request": path}, status=self.status)
