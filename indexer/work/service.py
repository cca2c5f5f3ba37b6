"""The worker as `carnival up` runs it."""

from config.command.service import Service

WORK = Service("work")
