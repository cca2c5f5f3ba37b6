"""`python -m config`: the `carnival` command where its script is not on the path, as in child processes."""

from config.cli import main

main()
