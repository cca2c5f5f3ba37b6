"""What is published in the simulated world."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """What has become of a post."""

    STANDS = "stands"
    DELETED = "deleted"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be published. is_notified: the account's readers are told: then WeChat's list does not have it.

    repost: the post that it repeats. is_long: its text is cut in lists. is_pinned: it stays on top.
    """

    title: str
    paragraphs: tuple[str, ...]
    pictures: int = 1
    is_notified: bool = False
    repost: "Post | None" = None
    place: str = ""
    has_video: bool = False
    is_long: bool = False
    is_pinned: bool = False


@dataclass(kw_only=True)
class Post:
    """One piece at one address. number, idx: as WeChat numbers a message and the articles in it."""

    account: str
    number: int
    idx: int
    draft: Draft
    at: datetime
    changed_at: datetime
    standing: Standing = Standing.STANDS
    edits: int = 0

    @property
    def id(self) -> str:
        """`number_idx`."""
        return f"{self.number}_{self.idx}"

    @property
    def title(self) -> str:
        """As it is shown."""
        return self.draft.title

    @property
    def paragraphs(self) -> Sequence[str]:
        """Its text, with a correction for each time that it was edited."""
        corrections = tuple(f"更正之{count + 1}：上文第{count + 1}段已按来信改正。" for count in range(self.edits))
        return self.draft.paragraphs + corrections
