"""The command line: the only place that prints, reads the clock, and ends the program."""

# What the program ends with (docs/commands.md).
DONE, PROBLEMS, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 70, 130
