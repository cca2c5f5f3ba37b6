"""Where a person is sent to authorise our third-party platform (第三方平台) at WeChat. Pure.

Shape: WeChat's open platform docs of componentloginpage, read 2026-11. WeChat looks at where the person comes from: the
page that leads there must lie on the domain that the platform is registered with (授权发起页域名), as the way back.
"""

from urllib.parse import urlencode

HOST = "mp.weixin.qq.com"
ACCOUNTS_ONLY = 1  # auth_type: public accounts, and no mini programs


def authorising_path(component: str, *, code: str, back: str) -> str:
    """Return the path at HOST where a person authorises an account of theirs; back: where they return to."""
    asked = {"component_appid": component, "pre_auth_code": code, "redirect_uri": back, "auth_type": ACCOUNTS_ONLY}
    return f"/cgi-bin/componentloginpage?{urlencode(asked)}"
