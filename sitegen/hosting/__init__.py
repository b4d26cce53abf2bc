"""What a host is told beside the pages, and what it takes.

``limits`` is data, with the source of each number. ``headers`` says what a web server sends with
each file, ``host_files`` writes this and the old addresses as a host reads them, and ``excesses``
finds what a host would refuse.
"""
