"""Markdown to safe HTML.

News prose takes a direct way (:mod:`~sitegen.markdown.prose`); everything else goes through
Python-Markdown. Both give the same HTML, and the tests hold that.
"""
