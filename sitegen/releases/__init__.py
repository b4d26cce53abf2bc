"""Releases of a built output in a web server's folder, and the links that lead readers to one.

A release is a folder of its own, ``releases/<id>``. Files that did not change are hard links to
those of the release before. Readers see the release to which the link ``current`` leads, and that
link is replaced by one rename.
"""
