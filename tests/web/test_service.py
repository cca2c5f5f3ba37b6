"""web.service: the port that was asked for, and the words that name it."""

import socket

import pytest

from config.command.service import Start
from config.errors import ConfigRefused
from config.settings import Settings
from web.service import SITE

SETTINGS = Settings(host="127.0.0.1", port=8081, site_name="示例站")


def test_the_port_of_the_command_line_goes_before_that_of_the_settings() -> None:
    asked, set_so = Start(settings=SETTINGS, options={"port": 9000}), Start(settings=SETTINGS, options={"port": None})

    assert list(SITE.command(asked)) == ["web", "--port", "9000"]
    assert (SITE.prepare(asked)["CARNIVAL_PORT"], SITE.prepare(set_so)["CARNIVAL_PORT"]) == ("9000", "8081")
    assert SITE.address(set_so) == "http://127.0.0.1:8081/robots.txt"


def test_the_greeting_names_site_and_desks() -> None:
    lines = list(SITE.greeting(Start(settings=SETTINGS, options={})))

    assert lines == [
        "\n示例站: http://127.0.0.1:8081/",
        "Review desk and unit desk: http://127.0.0.1:8081/sign-in",
    ]


@pytest.mark.parametrize(("by_option", "named"), [(True, "--port"), (False, "CARNIVAL_PORT")])
def test_a_taken_port_is_named_as_it_was_given(by_option: bool, named: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        options = {"port": port} if by_option else {}
        settings = Settings(host="127.0.0.1", port=8081 if by_option else port)

        with pytest.raises(ConfigRefused, match=f"{named}: port {port} is taken"):
            SITE.check(Start(settings=settings, options=options))
