"""`python -m config`: the `carnival` command where its script is not on the path, as in child processes."""

from config.command.cli import main

main()
