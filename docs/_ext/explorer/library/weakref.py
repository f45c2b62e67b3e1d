"""For the curves of matplotlib, which the page does not draw."""

WeakKeyDictionary = dict
