"""crawler.platforms.weibo.pictures: pictures in every shape by one address each, videos by their player."""

from typing import Any

import pytest

from crawler.platforms.weibo.pictures import picture_address, pictures_of, video_of
from tests.crawler.platforms.weibo.invented import PID

HOST = "https://wx3.sinaimg.cn"
LARGE = f"{HOST}/large/{PID}.jpg"
SECOND = PID.replace("0123", "4567")


@pytest.mark.parametrize(
    "given",
    [
        {"pic_urls": [{"thumbnail_pic": f"http://wx1.sinaimg.cn/thumbnail/{PID}.jpg"}]},
        {"pics": [{"pid": PID, "url": f"{HOST}/orj360/{PID}.jpg", "large": {"url": f"{HOST}/large/{PID}.jpg"}}]},
        {"pics": {"0": {"pid": PID, "url": f"{HOST}/orj360/{PID}.jpg"}}},
        {"pics": [{"pid": PID}]},
        {"pic_infos": {PID: {"thumbnail": {"url": "x"}, "largest": {"url": f"{HOST}/mw2000/{PID}.jpg"}}}},
        {"pic_urls": [f"http://ww4.sinaimg.cn/bmiddle/{PID}.jpg"]},
        {"mix_media_info": {"items": [{"type": "pic", "data": {"large": {"url": f"{HOST}/orj960/{PID}.jpg"}}}]}},
    ],
)
def test_a_picture_has_one_address_in_every_shape(given: dict[str, Any]) -> None:
    assert pictures_of(given) == pictures_of({"pic_urls": [{"thumbnail_pic": LARGE}]})
    assert pictures_of(given)[0].partition(".")[2] == f"sinaimg.cn/large/{PID}.jpg"


def test_pictures_stand_in_their_order_each_once() -> None:
    given = [{"thumbnail_pic": f"{HOST}/thumbnail/{one}.jpg"} for one in (PID, SECOND, PID)]

    assert [url[-36:-4] for url in pictures_of({"pic_urls": given})] == [PID, SECOND]


def test_a_moving_picture_keeps_its_ending() -> None:
    moving = PID[:21] + "g" + PID[22:]

    assert picture_address(f"{HOST}/thumbnail/{moving}.gif").endswith(f"/large/{moving}.gif")


def test_a_picture_of_another_host_is_taken_as_it_is() -> None:
    assert picture_address("https://kjg.example.cn/1.jpg") == "https://kjg.example.cn/1.jpg"
    assert picture_address("http://wx1.sinaimg.cn/thumbnail/5012-1.jpg") == "https://wx1.sinaimg.cn/large/5012-1.jpg"
    assert picture_address("javascript:alert(1)") == ""


@pytest.mark.parametrize(
    "given", [{}, {"pics": None}, {"pics": "x"}, {"pics": [None, 1, {}]}, {"pics": [{"type": "video", "pid": PID}]}]
)
def test_what_names_no_picture_gives_none(given: dict[str, Any]) -> None:
    assert pictures_of(given) == ()


def video(**fields: object) -> dict[str, Any]:
    page = {
        "type": "video",
        "page_title": "示例科技馆的微博视频",
        "page_pic": {"url": f"{HOST}/orj480/{PID}.jpg"},
        "object_id": "1034:5012345678901234",
        "media_info": {"duration": 94.5, "stream_url": "https://f.video.example.cn/a.mp4?Expires=1&ssig=x"},
    }
    return {"page_info": page | fields}


def test_a_video_has_player_cover_title_and_length() -> None:
    found = video_of(video(media_info={"duration": "94", "stream_url": "https://f.example.cn/a.mp4?Expires=1"}))

    assert found is not None
    assert found.url == "https://video.weibo.com/show?fid=1034:5012345678901234"
    assert (found.title, found.seconds) == ("示例科技馆的微博视频", 94)
    assert found.cover == picture_address(LARGE)


def test_a_video_is_the_same_whenever_its_file_is_signed_anew() -> None:
    media = [{"stream_url": f"https://f.example.cn/a.mp4?ssig={sign}"} for sign in "ab"]

    assert video_of(video(media_info=media[0])) == video_of(video(media_info=media[1]))


@pytest.mark.parametrize(
    "fields",
    [
        {"object_id": "", "media_info": {"media_id": "5012345678901234"}},
        {"object_id": None, "media_info": {"h5_url": "https://video.weibo.com/show?fid=1034:5012345678901234"}},
        {"type": "11", "object_type": "video"},
        {"type": None, "media_info": {"stream_url": "https://f.example.cn/a.mp4"}},
    ],
)
def test_a_video_is_known_by_its_number_wherever_that_stands(fields: dict[str, Any]) -> None:
    found = video_of(video(**fields))

    assert found is not None
    assert found.url.endswith("fid=1034:5012345678901234")


def test_a_video_without_a_number_is_known_by_its_page() -> None:
    found = video_of(video(object_id="", page_url="https://m.weibo.cn/p/1", media_info={"h5_url": "http://["}))

    assert found is not None
    assert found.url == "https://m.weibo.cn/p/1"


def test_a_video_among_pictures_is_found() -> None:
    mixed = {"mix_media_info": {"items": [{"type": "video", "data": video()["page_info"]}]}}

    assert video_of(mixed) == video_of(video())


@pytest.mark.parametrize("page", [None, {}, {"type": "topic"}, {"type": "webpage", "media_info": None}, []])
def test_a_page_beside_a_post_is_no_video(page: object) -> None:
    assert video_of({"page_info": page}) is None
