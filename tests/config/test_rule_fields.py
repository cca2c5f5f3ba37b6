"""config.rule_fields: words of a list stand for its name, an expression is compiled, a host is a name alone."""

import re

import pytest
from pydantic import TypeAdapter, ValidationError

from config.rule_fields import Expression, Host, Words

LISTS = {"sales": ("特价", "秒杀")}


def test_a_list_named_among_words_gives_its_words_in_its_place() -> None:
    read = TypeAdapter[tuple[str, ...]](Words).validate_python(["买", "<sales>", "卖"], context=LISTS)

    assert read == ("买", "特价", "秒杀", "卖")


def test_an_expression_is_compiled_with_its_lists_and_a_compiled_one_stays() -> None:
    fields = TypeAdapter[re.Pattern[str]](Expression)

    read = fields.validate_python(" 全场<sales> ", context=LISTS)

    assert read.search("全场秒杀")
    assert fields.validate_python(read) is read


@pytest.mark.parametrize("host", ["https://a.example", "a.example:80", "A.example", "localhost"])
def test_what_is_no_host_name_is_refused(host: str) -> None:
    with pytest.raises(ValidationError, match="is no host name"):
        TypeAdapter[str](Host).validate_python(host)
