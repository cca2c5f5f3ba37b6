"""The whitelist, taxonomy, policy and editions that a new deployment starts from."""
