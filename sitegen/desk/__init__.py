"""The desk: the texts of the site as forms in a browser, by Sveltia CMS.

What it asks for follows from the declarations of the fields. The program itself is from npm, at the
versions of :mod:`sitegen.desk.packages`; ``page/`` holds the little that is ours.
"""
