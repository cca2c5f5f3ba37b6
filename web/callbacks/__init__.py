"""Addresses that platforms call: each call signed by its platform, answered at once, kept for the collector."""
