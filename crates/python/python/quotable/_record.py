"""The rows of answers: small objects with the fields of the lines of JSON in ``FORMATS.md``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

_LONGEST = 60


class Record:
    """A row of an answer.

    Fields are attributes, and keys too: ``hit.citation.page`` and ``hit["citation"]["page"]`` are the same. A field whose
    name is a word of Python has ``_`` behind it as an attribute: ``line.from_``.
    """

    __slots__ = ("_fields",)
    _fields: dict[str, Any]

    _parts: ClassVar[dict[str, type[Record]]] = {}
    """The types of fields that have fields themselves."""
    _shown: ClassVar[tuple[str, ...]] = ()
    """The fields that ``repr`` shows; all, if none are named."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self._fields = fields

    if not TYPE_CHECKING:
        # A type checker goes by the annotations, and so finds a misspelt name.
        def __getattr__(self, name: str) -> Any:
            if name.startswith("__") or name == "_fields":
                raise AttributeError(name)
            key = name if name in self._fields else name.removesuffix("_")
            try:
                return self[key]
            except KeyError:
                raise AttributeError(f"{type(self).__name__} has no field {name!r}") from None

    def __getitem__(self, key: str) -> Any:
        return _wrapped(self._fields[key], self._parts.get(key))

    def __contains__(self, key: object) -> bool:
        return key in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def keys(self) -> list[str]:
        """The names of the fields."""
        return list(self._fields)

    def to_dict(self) -> dict[str, Any]:
        """The fields as plain dictionaries, lists and values."""
        return self._fields

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._fields == other._fields

    __hash__ = None  # type: ignore[assignment]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._fields]

    def __reduce__(self) -> tuple[type[Record], tuple[dict[str, Any]]]:
        return type(self), (self._fields,)

    def __repr__(self) -> str:
        shown = self._shown or tuple(self._fields)
        fields = (f"{name}={short(self._fields[name])}" for name in shown if name in self._fields)
        return f"{type(self).__name__}({', '.join(fields)})"


def _wrapped(value: Any, part: type[Record] | None) -> Any:
    if part is None:
        return value
    if isinstance(value, dict):
        return part(value)
    if isinstance(value, (list, tuple)):
        return [_wrapped(one, part) for one in value]
    return value


def short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def characters(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of bytes of the UTF-8 of a text as pairs of indices of the text."""
    if text.isascii():
        return [(start, end) for start, end in places]
    data = text.encode()
    return [(len(data[:start].decode()), len(data[:end].decode())) for start, end in places]
