"""A static site generator for the news portal of a Vietnamese party committee."""

__version__ = "0.2.0"
