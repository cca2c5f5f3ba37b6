"""The collector as `carnival up` runs it."""

from config.command.service import Service

COLLECTOR = Service("crawl")
