"""crawler.extract.captions: description, credit and label of a picture, as its page says them."""

import pytest

from crawler.extract.captions import about_picture
from crawler.extract.document import parse


def about(html: str) -> dict[str, object]:
    tree = parse(f"<html><body><article>{html}</article></body></html>")
    assert tree is not None
    image = tree.find(".//img")
    assert image is not None
    return about_picture(image)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<img src=1.jpg alt="蜻蜓停在荷叶上">', {"title": "蜻蜓停在荷叶上"}),
        ('<img src=1.jpg alt="IMG_2031.JPG">', {}),
        ('<img src=1.jpg alt="图片">', {}),
        ('<img src=1.jpg alt="">', {}),
        ("<figure><img src=1.jpg><figcaption>夜空（图源：新华社）</figcaption></figure>", {"credit": "图源：新华社"}),
        ("<figure><img src=1.jpg><figcaption>摄影：示例甲</figcaption></figure>", {"credit": "摄影：示例甲"}),
        ("<p><img src=1.jpg></p><p>示例甲 摄</p>", {"credit": "示例甲 摄"}),
        ("<p><img src=1.jpg></p><p>示例天文馆供图</p>", {"credit": "示例天文馆供图"}),
        ("<p><img src=1.jpg><br>图片来源：示例馆</p>", {}),
        ("<p><img src=1.jpg></p><p>" + "这是一段正文，讲的是摄影：光圈与快门。" * 5 + "</p>", {}),
        ("<p><img src=1.jpg></p><p>（图片由AI生成）</p>", {"ai_label": "图片由AI生成"}),
        ("<figure><img src=1.jpg><figcaption>人工智能生成</figcaption></figure>", {"ai_label": "人工智能生成"}),
        ('<img src=1.jpg alt="月面示意，AI绘制">', {"title": "月面示意，AI绘制", "ai_label": "AI绘制"}),
        ('<img src=1.jpg data-aigc="1">', {"ai_label": "AI生成"}),
        ('<img src=1.jpg data-aigc="0">', {}),
        ("<p><img src=1.jpg></p><p>AIGC？它是人工智能生成内容的英文缩写，" + "下面细说。" * 12 + "</p>", {}),
        ("<p><img src=1.jpg></p><p>AIGC｜落月过程示意</p>", {"ai_label": "AIGC｜落月过程示意"}),
        ("<img src=1.jpg>", {}),
    ],
)
def test_what_stands_beside_a_picture(html: str, said: dict[str, object]) -> None:
    assert about(html) == said


def test_no_more_is_looked_through_than_a_caption_needs() -> None:
    many = "<img src=1.jpg>" * 3000

    assert about(f"<figure>{many}<figcaption>摄影：示例甲</figcaption></figure>") == {}
