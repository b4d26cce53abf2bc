"""Markdown to safe HTML, by two converters that give the same HTML, which the tests hold.

The prose converter (:mod:`~sitegen.markdown.prose`) knows the plain Markdown that news is written
in, and is ten times as fast. Everything else is left to Python-Markdown.
"""
