"""Ticket numbers: unguessable, short, typed by people."""

import pytest

from indexer.reports.tickets import Ticket, new_ticket, read_ticket, shown_ticket

TICKET = Ticket("0a1b2c3d4e")


@pytest.mark.parametrize(
    "typed",
    ["0a1b2c3d4e", "0A1B2-C3D4E", " 0a1b2 c3d4e ", "Oalb2—C3D4E", "oAIB2-c3d4e", "０Ａ１Ｂ２－Ｃ３Ｄ４Ｅ"],
)
def test_a_ticket_is_read_however_people_copy_it(typed: str) -> None:
    assert read_ticket(typed) == TICKET


@pytest.mark.parametrize(
    "typed", ["", "0a1b2c3d4", "0a1b2c3d4e5", "0a1b2c3d4u", "0a1b2c3d4\ud800", "月" * 10, "0" * 5000]
)
def test_what_is_no_ticket_is_none(typed: str) -> None:
    assert read_ticket(typed) is None


def test_a_new_ticket_is_read_back_from_what_is_shown_of_it() -> None:
    tickets = [new_ticket() for _ in range(200)]

    assert [read_ticket(shown_ticket(ticket)) for ticket in tickets] == tickets
    assert len(set(tickets)) == 200
