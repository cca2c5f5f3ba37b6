"""Weibo by the authorisation of the unit itself: what its interface answers, and a post as a piece of the catalogue."""
