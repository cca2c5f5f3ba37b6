"""What of a text reaches a model."""

TEXT_CHARS = 1500  # e5 reads 512 tokens, about 900 Chinese characters; what is longer costs time and changes nothing


def told_to_the_model(text: str) -> str:
    """Return the beginning of the text without what an engine in C cannot take: NUL, lone surrogates."""
    return text[:TEXT_CHARS].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
