"""Surgeries and health centres that were heard as somebody: "ferncliffe surgery hung up", "Ferncliffe never ring back".

What stands before "surgery" and is no given name is the surgery's own name, also when the text says it alone.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from themes.deidentify.decide.verdicts import KNOWING
from themes.deidentify.recognize.places import SAID_PLACE
from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import all_names, is_wide
from themes.deidentify.wording.roles import TITLES, role_beside
from themes.deidentify.wording.words import words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

SURGERY = hinted(
    r"(?<!\w)(?:surgery|(?:medical|health) centre|(?:medical|group|doctors['’]?) practice)(?!\w)", re.IGNORECASE
)


def as_surgeries(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, in the order given; those of persons that name a surgery as that, with the word for it after them.

    >>> text = "ferncliffe surgery hung up"
    >>> heard = Finding(Span(0, 10), "PERSON", IdentifierKind.DIRECT, 0.9, "evidence")
    >>> [(each.label, each.span.of(text)) for each in as_surgeries(text, [heard])]
    [('HOSPITAL', 'ferncliffe surgery')]
    """
    if not SURGERY.may_be_in(text):
        return list(findings)
    words_for_it = {match.start(): match.end() for match in SURGERY.finditer(text)}
    told = [_with_its_word(text, finding, words_for_it) for finding in findings]
    called = {_pieces(text, each)[0] for each in told if each.label == "HOSPITAL" and _pieces(text, each)}
    people = [each for each in told if each.label == "PERSON" and not _may_be_one(text, each)]
    called -= {piece for each in people for piece in _pieces(text, each)[-1:]}
    surgeries = {
        _pieces(text, each)[0]
        for each in told
        if each.label == "HOSPITAL" and SURGERY.search(text, each.span.start, each.span.end)
    }
    surgeries &= called
    surgeries -= {piece for each in told if _is_a_place(each) for piece in _pieces(text, each)[:1]}
    return [
        _as_one(each)
        if (_may_be_one(text, each) and _pieces(text, each)[0] in called - all_names())
        or (each.label == "LOCATION" and _is_called(text, each, surgeries))
        else each
        for each in told
    ]


def _is_a_place(finding: Finding) -> bool:
    """Whether the words around say that it is one: "I live in Thornton"."""
    return finding.label == "LOCATION" and finding.recognizer == SAID_PLACE


def _is_called(text: str, place: Finding, surgeries: Set[str]) -> bool:
    """Whether what was taken for a village is a surgery's short name: "they at thornton said no"."""
    words = place.span.of(text)
    return _pieces(text, place) == [words.casefold()] and words.casefold() in surgeries and not is_wide(words)


def _with_its_word(text: str, finding: Finding, words_for_it: dict[int, int]) -> Finding:
    """A person with the word for a surgery after it, or within it: "Harriet Surgery", but not "harriet surgery", which
    may be an operation."""
    if not _may_be_one(text, finding, alone=False):
        return finding
    start, end = finding.span.start, finding.span.end
    within = [start + word.start for word in words_of(finding.span.of(text))[1:] if start + word.end == end]
    after = [end + 1] if text.startswith(" ", end) and _may_be_one(text, finding) else []
    word = next((at for at in (*within, *after) if at in words_for_it), None)
    if word is None or (text[word].islower() and _pieces(text, finding)[0] in all_names()):
        return finding
    return replace(_as_one(finding), span=Span(start, words_for_it[word]))


def _may_be_one(text: str, finding: Finding, *, alone: bool = True) -> bool:
    """Whether a person may be a surgery: nobody whom the text or the thread knows, no title and, where the name stands
    alone, no role."""
    if finding.label != "PERSON" or finding.recognizer in KNOWING or (alone and role_beside(text, finding.span)):
        return False
    before = re.search(r"(\w+)\.? $", text[max(0, finding.span.start - 14) : finding.span.start])
    titled = before is not None and before[1].casefold() in TITLES
    pieces = _pieces(text, finding)
    return bool(pieces) and not titled and not TITLES.intersection(pieces)


def _pieces(text: str, finding: Finding) -> list[str]:
    """The words of a name, in small letters."""
    return [word.plain for word in words_of(finding.span.of(text))]


def _as_one(finding: Finding) -> Finding:
    return replace(finding, label="HOSPITAL", kind=IdentifierKind.QUASI)
