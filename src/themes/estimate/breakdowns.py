"""Count people: by theme, by their experience of it, by who they are, by month, by theme and theme."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from themes.estimate.standing import people_documents, standing
from themes.records.codebook import Codebook
from themes.records.coding import LIVED_THROUGH, Coding, Polarity
from themes.records.corpus import Case, Document
from themes.records.estimate import Prevalence
from themes.records.segment import Segment
from themes.records.theme import Membership, Theme

EVERYONE = ""
"""The `theme_id` under which everybody who wrote is counted, whatever about."""

type Voice = tuple[str, frozenset[str]]
"""A document in which something is said, and whether it tells of good, bad, mixed or neutral experience of it."""


def count_breakdowns(
    cases: Sequence[Case],
    documents: Sequence[Document],
    segments: Iterable[Segment],
    codings: Iterable[Coding],
    *,
    themes: Sequence[Theme],
    memberships: Iterable[Membership],
    codebook: Codebook,
) -> list[Prevalence]:
    """How many cases speak of each theme, question and claim, and how they divide. Needs the whole corpus.

    Articles are no cases and are not counted. The writer of a duplicate inherits the codings of the first text.
    Where two codings of a segment and a code are given, the later one stands.

    Returns:
        Prevalences without shares. `theme_id` is a theme's, a question's, a claim's, or `EVERYONE`. `group` is
        - "" for everyone;
        - "kind=…", "speaker=…" or "attribute=value", with `cases` the size of the group;
        - "experience=negative|positive|mixed|neutral" of what somebody lived through or saw, each case under one at
          most: "mixed" has said both or been mixed; who only wishes, fears or argues is under none;
        - "theme=…" for cases that speak of both themes, with `cases` those of the other theme;
        - "stance=for|against" for a claim.
        `period` is a month or "".
    """
    counted = people_documents(documents)
    copies = defaultdict(list)
    for document in counted:
        copies[document.duplicate_of or document.document_id].append(document.document_id)
    document_of = {segment.segment_id: segment.document_id for segment in segments}
    applied = [coding for coding in standing(codings) if coding.segment_id in document_of]

    voices: dict[str, list[Voice]] = {theme.theme_id: [] for theme in themes}
    stances: dict[tuple[str, str], list[Voice]] = {}
    speaks_for = _bearings(themes, codebook)
    claims = [claim for question in codebook.questions for claim in question.claims]
    for coding in applied:
        said = _experience(coding, codebook)
        for document_id in copies[document_of[coding.segment_id]]:
            for subject in speaks_for.get(coding.code_id, ()):
                voices.setdefault(subject, []).append((document_id, said))
            for claim in claims:
                stance = claim.table.get((coding.code_id, coding.polarity or ""))
                if stance in ("for", "against"):
                    stances.setdefault((claim.claim_id, stance), []).append((document_id, said))
    for membership in memberships:
        for document_id in copies[document_of.get(membership.segment_id, "")]:
            voices.setdefault(membership.theme_id, []).append((document_id, frozenset()))
    experience: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for coding in applied:
        for document_id in copies[document_of[coding.segment_id]]:
            experience[document_id] |= _experience(coding, codebook)
    voices[EVERYONE] = [(document.document_id, experience[document.document_id]) for document in counted]

    tally = _Tally(cases, counted)
    counts = [row for subject, said in voices.items() for row in tally.rows(subject, said)]
    counts += _together({theme.theme_id: tally.cases(voices[theme.theme_id]) for theme in themes})
    everyone = len(tally.cases(voices[EVERYONE]))
    counts += [
        Prevalence(claim_id, f"stance={stance}", "", "", everyone, len(tally.cases(said)))
        for (claim_id, stance), said in stances.items()
    ]
    return counts


def _experience(coding: Coding, codebook: Codebook) -> frozenset[str]:
    """The polarity of what was lived through or seen; nothing of a wish, a fear or an argument.

    Who speaks well of a code that is for bad experience alone argues for it.
    """
    if not coding.polarity or coding.modality not in LIVED_THROUGH:
        return frozenset()
    negative_only = coding.code_id in codebook and codebook[coding.code_id].polarity == "negative_only"
    return frozenset() if negative_only and coding.polarity == Polarity.POSITIVE else frozenset({coding.polarity})


def _bearings(themes: Iterable[Theme], codebook: Codebook) -> dict[str, list[str]]:
    """Each code with the themes and questions that an excerpt under it speaks to."""
    subjects = defaultdict(list)
    for theme in themes:
        for code_id in theme.code_ids:
            subjects[code_id].append(theme.theme_id)
    for code in codebook.codes:
        subjects[code.code_id] += code.questions
    return subjects


class _Tally:
    """Who is behind each document, and in which groups."""

    def __init__(self, cases: Sequence[Case], documents: Sequence[Document]) -> None:
        attributes: Mapping[str, Mapping[str, str]] = {case.case_id: case.attributes for case in cases}
        self._case = {document.document_id: document.case_id for document in documents}
        self._month = {document.document_id: document.written or "" for document in documents}
        self._groups = {
            document.document_id: frozenset(_groups(document, attributes.get(document.case_id, {})))
            for document in documents
        }
        self._sizes = self._by_group(document.document_id for document in documents)
        self._months = self._by_month(document.document_id for document in documents)

    def cases(self, said: Iterable[Voice]) -> set[str]:
        return {self._case[document_id] for document_id, _ in said}

    def rows(self, subject: str, said: Sequence[Voice]) -> list[Prevalence]:
        everyone = len(set(self._case.values()))
        with_it = self._by_group(document_id for document_id, _ in said)
        by_month = self._by_month(document_id for document_id, _ in said)
        rows = [Prevalence(subject, "", "", "", everyone, len(self.cases(said)))]
        rows += [
            Prevalence(subject, group, "", "", len(members), len(with_it[group]))
            for group, members in sorted(self._sizes.items())
        ]
        rows += [
            Prevalence(subject, "", "", month, len(members), len(by_month[month]))
            for month, members in sorted(self._months.items())
        ]
        rows += [
            Prevalence(subject, f"experience={side}", "", "", everyone, count)
            for side, count in self._experience_of_cases(said).items()
        ]
        return rows

    def _experience_of_cases(self, said: Iterable[Voice]) -> dict[str, int]:
        of_case: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for document_id, polarities in said:
            of_case[self._case[document_id]] |= polarities
        counts = dict.fromkeys([str(polarity) for polarity in Polarity], 0)
        for polarities in of_case.values():
            if polarities:  # a case of which nothing is known is in no group
                counts[_one_polarity(polarities)] += 1
        return counts

    def _by_group(self, document_ids: Iterable[str]) -> dict[str, set[str]]:
        members = defaultdict(set)
        for document_id in document_ids:
            for group in self._groups[document_id]:
                members[group].add(self._case[document_id])
        return members

    def _by_month(self, document_ids: Iterable[str]) -> dict[str, set[str]]:
        members = defaultdict(set)
        for document_id in document_ids:
            if self._month[document_id]:
                members[self._month[document_id]].add(self._case[document_id])
        return members


def _groups(document: Document, attributes: Mapping[str, str]) -> Iterable[str]:
    yield f"kind={document.kind}"
    if document.speaker:
        yield f"speaker={document.speaker}"
    yield from (f"{name}={value}" for name, value in attributes.items())


def _one_polarity(polarities: frozenset[str]) -> str:
    if Polarity.MIXED in polarities or {Polarity.NEGATIVE, Polarity.POSITIVE} <= polarities:
        return Polarity.MIXED
    if Polarity.NEGATIVE in polarities:
        return Polarity.NEGATIVE
    return Polarity.POSITIVE if Polarity.POSITIVE in polarities else Polarity.NEUTRAL


def _together(cases_of: Mapping[str, set[str]]) -> list[Prevalence]:
    return [
        Prevalence(one, f"theme={other}", "", "", len(cases_of[other]), len(cases_of[one] & cases_of[other]))
        for one in cases_of
        for other in cases_of
        if one != other
    ]
