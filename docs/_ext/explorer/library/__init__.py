"""The parts of Python's standard library that the package uses, for Brython.

Brython's own modules are Python's; to import them took longer than all else in the page. A test
compares each name here with the standard library's.
"""
