"""Line 14: pushed WeChat articles of other accounts than the channel's."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from tests.attack.deployment import Deployment
from tests.attack.tries import Try, report

OTHERS = {
    "another account": ("2396541236", "gh_0123456789ab", "别家公众号"),
    "another account of the channel's name": ("2396541237", "gh_ba9876543210", "攻击馆公众号"),
    "an account without numbers": ("", "", "攻击馆公众号"),
    "numbers that are none": ("not a number", "gh_", ""),
}


def attack(folder: Path) -> Iterator[Try]:
    """Saved pages of accounts that nobody confirmed, each pushed into an approved WeChat channel."""
    deployment = Deployment(folder)
    deployment.add_editors()
    deployment.whitelist([{"id": "wx", "kind": "wechat", "name": "攻击馆公众号", "source": "wechat_page"}])
    for number, (what, (biz, original, name)) in enumerate(OTHERS.items()):
        file = folder / f"{number}.html"
        file.write_text(_page(biz, original, name, number), encoding="utf-8")
        url = f"https://mp.weixin.qq.com/s/attack{number:016d}"
        done = deployment.carnival("push", str(file), "--channel", "wx", "--url", url)
        taken = deployment.rows("SELECT item FROM versions WHERE url = ?", url)
        saw = "taken in" if taken else "" if done.returncode == 1 else f"exit code {done.returncode}"
        yield Try(part="14", kind="articles of other accounts", what=what, held=not saw, saw=saw)


def _page(biz: str, original: str, name: str, number: int) -> str:
    """A page as WeChat builds one, with words of our own."""
    coded = b64encode(biz.encode()).decode()
    words = f"第{number}篇写给攻击测试的文章，讲月球背面为什么总是背对着地球，以及怎样从地面上知道它的样子。" * 4
    return (
        f'<html><head><title>月球背面{number}</title><meta property="og:title" content="月球背面{number}"></head><body>'
        f'<div id="js_article"><h1 class="rich_media_title" id="activity-name">月球背面{number}</h1>'
        f'<a id="js_name">{name}</a><em id="publish_time">2026-09-16 09:00</em>'
        f'<div class="rich_media_content" id="js_content"><p>{words}</p></div></div>'
        f'<script>var biz = "{coded}"; var user_name = "{original}"; var nickname = "{name}"; var ct = "1789520400";'
        f'var msg_title = "月球背面{number}"; var mid = "100{number}"; var idx = "1"; var sn = "abc{number}";</script>'
        "</body></html>"
    )


if __name__ == "__main__":
    report(attack)
