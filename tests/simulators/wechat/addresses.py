"""Where an article of a public account stands."""

import hashlib
from urllib.parse import quote

from tests.simulators.world.accounts import WechatAccount
from tests.simulators.world.posts import Post

MP, API, PICTURES = "mp.weixin.qq.com", "api.weixin.qq.com", "mmbiz.qpic.cn"


def article_url(account: WechatAccount, post: Post, *, scheme: str = "https") -> str:
    """Return the long address, as the API and the events name it."""
    query = f"__biz={quote(account.biz, safe='=')}&mid={post.number}&idx={post.idx}&sn={_sn(account, post)}"
    return f"{scheme}://{MP}/s?{query}"


def short_url(account: WechatAccount, post: Post) -> str:
    """Return the short address, as a person copies it."""
    return f"https://{MP}/s/{short_id(account, post)}"


def short_id(account: WechatAccount, post: Post) -> str:
    """Return the last step of the short address."""
    return hashlib.sha256(f"{account.id} {post.id}".encode()).hexdigest()[:22]


def picture_url(post: Post, number: int) -> str:
    """Return a picture's address; number: from 1."""
    return f"https://{PICTURES}/mmbiz_jpg/{post.number}-{post.idx}-{number}/640?wx_fmt=jpeg"


def article_id(post: Post) -> str:
    """Return the id by which `freepublish` knows a message, whatever articles are in it."""
    return f"sim_{hashlib.sha256(f'{post.account} {post.number}'.encode()).hexdigest()[:38]}"


def _sn(account: WechatAccount, post: Post) -> str:
    return hashlib.md5(f"{account.id} {post.id}".encode(), usedforsecurity=False).hexdigest()
