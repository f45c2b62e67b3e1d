"""How long the properties are searched: `--hypothesis-profile=thorough` for a long search."""

from hypothesis import settings

# No deadline: on a shared machine the time of one example says nothing.
settings.register_profile("default", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("default")
