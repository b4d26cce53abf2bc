"""Photos, drawings and documents: which are published, and the files that are made of them.

What is particular to a format is in :mod:`~sitegen.media.formats`. A file is inspected first
(:mod:`~sitegen.media.inspection`), for what pages need to know of it. It is published later
(:mod:`~sitegen.media.pictures`), a photo with its renditions and share cards.
"""
