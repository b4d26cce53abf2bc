"""Lets ``python -m sitegen`` do what the ``sitegen`` command does."""

from sitegen.cli.commands import run

if __name__ == "__main__":
    run()
