"""Lets ``python -m sitegen`` do what the ``sitegen`` command does."""

from sitegen.cli import main

if __name__ == "__main__":
    main()
