"""Pieces of text that are a day as a whole, or part of one: how rows of a list are told from other links."""

import re

MARK_CHARS = 60  # a longer piece of text is no mark of a day
LABEL = (
    r"(?:(?:发布|发表|发稿|发文|发帖|公开|公示|公告|更新|上传|添加|录入|创建|刊登|编辑|成文|印发|新闻|文章)?(?:时间|日期|日|于)"
    r"|posted(?: on)?|published(?: on)?|updated(?: on)?|date|time)[:：]?"
)
YEAR = r"(?:19|20)\d\d"
MONTH, DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
SIGN = r"\s?[-–—/.年·、]\s?"
CLOCK = (
    r"(?:[\sT]*(?:上午|下午|晚上|凌晨|早上|中午)?\s?\d{1,2}\s?[:：时点]\s?\d{1,2}(?:\s?[:：分]\s?\d{1,2}(?:\.\d+)?)?\s?[分秒]?"
    r"(?:\s?[ap]m)?(?:Z|[+-]\d\d:?\d\d)?)"
)
NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
CHINESE = r"[〇零○一二三四五六七八九十]"
DATES = (
    rf"{YEAR}{SIGN}{MONTH}\s?[-–—/.月·、]\s?{DAY}\s?[日号]?",
    rf"{YEAR}(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])",
    rf"{MONTH}\s?[-/.]\s?{DAY}(?:\s?[-/.]\s?{YEAR})?",
    rf"{DAY}\s?[-/.]\s?{MONTH}\s?[-/.]\s?{YEAR}",
    rf"{MONTH}\s?月\s?{DAY}\s?[日号]",
    rf"{YEAR}\s?[-/.年]\s?{MONTH}\s?月?",
    rf"{NAME}\s{DAY}(?:st|nd|rd|th)?,?(?:\s{YEAR})?",
    rf"{DAY}(?:st|nd|rd|th)?\s{NAME},?(?:\s{YEAR})?",
    rf"\d\d[-/.]{MONTH}[-/.]{DAY}",
    rf"{CHINESE}{{4}}年{CHINESE}{{1,2}}月{CHINESE}{{1,3}}[日号]",
    r"(?:刚刚|今天|昨天|前天|\d{1,3}\s?(?:秒|分钟|个?小时|天|日|周|星期|个月|月|年)\s?(?:以)?前)",
)
WEEKDAY = r"(?:\s?[（(]?(?:星期|周)[一二三四五六日天][）)]?)?"
MARK = re.compile(
    rf"\s*[\[【(（<〈\s|/·•,，-]*(?:{LABEL})?\s*[\[(（]?(?:{'|'.join(DATES)}){WEEKDAY}{CLOCK}?\s*[\]】)）>〉\s|/·•,，]*(?:更新|发布|发表)?\s*",
    re.IGNORECASE,
)
PART = re.compile(
    rf"{YEAR}{SIGN}{MONTH}\s?月?|{YEAR}\s?年?|{MONTH}{SIGN}{DAY}\s?日?|{MONTH}\s?月|{DAY}\s?日?|{NAME}", re.IGNORECASE
)


def is_part(text: str) -> bool:
    """Tell whether a piece of plain text is a part of a day: `30`, `2026-09`, `9月`, `09-30`, `Sep`, `2026`."""
    return len(text) <= MARK_CHARS and bool(PART.fullmatch(text.strip(" /|,-.[]()（）")))


def is_mark(text: str) -> bool:
    """Tell whether a piece of plain text is a day as a whole, with or without its year, its label and a clock."""
    return (
        len(text) <= MARK_CHARS
        and any(sign.isdigit() or sign in "刚今昨前〇零○一二" for sign in text)
        and bool(MARK.fullmatch(text))
    )
