"""A type that has no name of its own."""

UnionType = type(int | str)
