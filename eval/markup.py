"""HTML and SVG made of elements: every text is escaped where it enters, so none can become markup."""

from html import escape


class Markup(str):
    """Text that is markup already; only `tag` and `join` make it."""


Part = str | Markup | None
"""What an element holds: markup as it is, text to be escaped, or nothing."""

_EMPTY = frozenset({"meta", "input"})  # SVG closes all of its own


def tag(name: str, /, *parts: Part, **attributes: str | float | None) -> Markup:
    """An element. `class_` is the attribute `class`, `stroke_width` is `stroke-width`; one that is None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_written(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{written}>" + ("" if name in _EMPTY and not parts else f"{join(*parts)}</{name}>"))


def join(*parts: Part) -> Markup:
    """The parts one after another."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts if part is not None))


def _written(value: str | float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
