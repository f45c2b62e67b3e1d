"""How much colours in sRGB stand out from one another, as WCAG 2.2 defines it."""

from collections.abc import Sequence

TEXT, LINE = 4.5, 3  # criteria 1.4.3 and 1.4.11


def luminance(colour: Sequence[float]) -> float:
    """Return the relative luminance of a colour."""
    shares = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)
