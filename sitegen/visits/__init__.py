"""Visits and views, counted from the logs of a web server.

Lines become requests (:mod:`~sitegen.visits.log_files`, :mod:`~sitegen.visits.log_lines`). Of these
only those count that ask for a page of the site (:mod:`~sitegen.visits.counted_pages`) and come
from a reader (:mod:`~sitegen.visits.robots`). They are kept by day until all logs are read
(:mod:`~sitegen.visits.kept_requests`), then each day is counted by GoAccess
(:mod:`~sitegen.visits.goaccess`). The figures of each day stay in a file
(:mod:`~sitegen.visits.days`); sums of them (:mod:`~sitegen.visits.sums`) are what pages show
(:mod:`~sitegen.visits.public_files`).

A visit is a reader, which is an address with a browser, on a day. A view is a request for the page
of an article. No file that has a name holds an address of a reader.
"""
