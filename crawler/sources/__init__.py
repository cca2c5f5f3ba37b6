"""Kinds of sources: one file a kind."""
