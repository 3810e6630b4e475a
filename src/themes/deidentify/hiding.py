"""Surrogates that stand in a text already, hidden from the recognisers: none of them sees a tag and takes it for a
name or a number, whatever they make of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from themes.deidentify.replace.surrogate_form import surrogate_places
from themes.deidentify.wording.stretches import Stretches, outside, snapped
from themes.records.privacy import Finding
from themes.records.span import Span

STAND_IN = "[it]"
"""A word that no recogniser takes for a name and no tagger is asked about, in brackets, as surrogates are: what is
glued to one stays a word of its own."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text with a stand-in for each surrogate. `places`: where each stands here, and where its surrogate there."""

    text: str
    places: tuple[tuple[Span, Span], ...] = ()

    def found(self, findings: Iterable[Finding]) -> list[Finding]:
        """What was found here, where it is in the text with surrogates, without what lies over one; in order."""
        if not self.places:
            return list(findings)
        stand_ins = Stretches(here for here, _ in self.places)
        pieces = [piece for finding in findings for piece in outside(finding, stand_ins.over(finding.span))]
        trimmed = [(piece, snapped(self.text, piece.span)) for piece in pieces]
        return [replace(piece, span=self._there(span)) for piece, span in trimmed if span is not None]

    def _there(self, span: Span) -> Span:
        shift = 0
        for here, there in self.places:
            if span.start < here.end:
                break
            shift = there.end - here.end
        return Span(span.start + shift, span.end + shift)


def without_surrogates(text: str) -> Hidden:
    """A text for recognisers to read.

    >>> without_surrogates("Ask [person K7QX2M] about [date: May 2014].").text
    'Ask [it] about [it].'
    """
    places, parts = [], []
    at = length = 0
    for there in surrogate_places(text):
        length += there.start - at + len(STAND_IN)
        parts += [text[at : there.start], STAND_IN]
        places.append((Span(length - len(STAND_IN), length), there))
        at = there.end
    return Hidden("".join([*parts, text[at:]]), tuple(places))
