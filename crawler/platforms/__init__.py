"""Platforms that many accounts share: what their interfaces answer, and how they are asked."""
