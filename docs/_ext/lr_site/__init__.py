"""The Sphinx extensions of this site, and the checks that fail its build."""
