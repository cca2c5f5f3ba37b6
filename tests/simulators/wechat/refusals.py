"""How WeChat's API says no: an answer of 200 with a code, English words and the number of the request."""

import secrets
from collections.abc import Mapping
from types import MappingProxyType

from tests.simulators.speaking import Reply, as_json

WORDS: Mapping[int, str] = MappingProxyType(
    {
        -1: "system error",
        40001: "invalid credential, access_token is invalid or not latest, could get access_token by"
        " getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r",
        40013: "invalid appid",
        40014: "invalid access_token",
        40097: "invalid args",
        40125: "invalid appsecret",
        40164: "invalid ip {ip} ipv6 ::ffff:{ip}, not in whitelist",
        41001: "access_token missing",
        42001: "access_token expired",
        43002: "require POST method",
        44002: "empty post data",
        45009: "reach max api daily quota limit",
        45011: "api minute-quota reach limit, must slower, retry next minute",
        47001: "data format error",
        48001: "api unauthorized",
        48006: "forbid to clear quota because of reaching the limit",
        53600: "Article ID 无效",
        61003: "component is not authorized by this account",
        61004: "access clientip is not registered",
        61005: "component ticket is expired",
        61006: "component ticket is invalid",
        61007: "api is unauthorized to component",
        61010: "code is expired",
        61023: "refresh_token is invalid",
        61500: "date format error",
        61501: "date range error",
    }
)


class Refusal(Exception):
    """A call that is answered with an error."""

    def __init__(self, code: int, **facts: str) -> None:
        self.code = code
        self.words = WORDS[code].format(**facts)
        super().__init__(f"{code} {self.words}")

    def reply(self) -> Reply:
        """As it is sent."""
        return as_json({"errcode": self.code, "errmsg": f"{self.words} rid: {_rid()}"})


def _rid() -> str:
    return "-".join(secrets.token_hex(4) for _ in range(3))
