"""What editors write, read and checked: ``config.yaml``, articles, standing pages, people.

It ends with the published selection: which of it readers see now, in which order and lists.
"""
