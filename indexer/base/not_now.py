"""What cannot be done now and may be done later: a search engine that rests, records that are away."""


class NotNow(Exception):
    """Nothing is lost and nothing was done; the same thing may succeed when it is tried again.

    Each part derives its own from it. Whatever else is raised means that the thing itself fails.
    """
