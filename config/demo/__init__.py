"""The demo campaign's own whitelist; `carnival demo prepare` imports it."""
