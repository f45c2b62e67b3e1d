"""Only `collections.abc` is used."""
