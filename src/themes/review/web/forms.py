"""What a form sent: names and values as HTML forms encode them, and nothing else. There are no uploads."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

MOST_BYTES = 200_000
MOST_FIELDS = 2_000


class BadForm(Exception):
    """A form is too long or is not one. Holds nothing of what was sent."""


class TooLong(BadForm):
    """A form is longer than one of ours can be."""


@dataclass(frozen=True, slots=True)
class Form:
    """Names to values, in the order sent."""

    values: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """The last value sent under a name; empty if there is none."""
        return self.values.get(name, ("",))[-1]

    def all(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())


def parse(body: bytes, content_type: str) -> Form:
    """A form out of the body of a request.

    Raises:
        BadForm: If it is longer than a form of ours can be, or encoded otherwise.
    """
    if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise BadForm
    if len(body) > MOST_BYTES:
        raise TooLong
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS, separator="&"
        )
    except ValueError:
        raise BadForm from None
    return of_pairs(pairs)


def of_pairs(pairs: list[tuple[str, str]]) -> Form:
    """A form out of names and values; line ends as texts here have them."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\0", ""))
    return Form({name: tuple(held) for name, held in values.items()})
