"""What corrections say of a text: what is masked whatever recognisers hold, what is not, and whether that came out.

A missed name counts in three strengths. Where it was marked, it is masked as it was marked. In its thread it is looked
for as the names of those who speak there are. In the corpus its words are looked for where they can mean nothing else.
What is no detail stays in its place, and in the corpus if the analyst says so; never over the name of somebody who
speaks there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from themes.deidentify.correct.correction_words import every, is_only_a_name, place_to_keep, places_to_mask, said_as
from themes.deidentify.correct.corrections_in_force import Settled, copies_of, in_force
from themes.deidentify.recognize.known_names import known_in, names_by_thread
from themes.deidentify.replace.policy import Action, action_on, rule_for
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones
from themes.deidentify.wording.stretches import Stretches, outside, snapped
from themes.records.corpus import Document
from themes.records.correction import CorrectionAction, Reach
from themes.records.privacy import Finding, Replacement
from themes.records.raw import RawDocument
from themes.records.replaced import ReplacementMap
from themes.records.span import Span
from themes.records.spec import CorpusSpec

RECOGNIZER = "corrected"


@dataclass(frozen=True, slots=True)
class Said:
    """What corrections say of one text. Spans of the text before replacement, each in order and without overlap."""

    masks: tuple[Finding, ...] = ()
    """Marked in this very place."""
    names: tuple[Finding, ...] = ()
    """Words that were marked elsewhere. They may overlap."""
    lifted: tuple[Span, ...] = ()
    """No details."""
    people: frozenset[str] = frozenset()
    """Full names, as they were marked, of whom the text names."""

    def __bool__(self) -> bool:
        return bool(self.masks or self.names or self.lifted)

    def applied(self, text: str, findings: Sequence[Finding]) -> list[Finding]:
        """The details of a text, put right: in order, none overlapping another."""
        if not self:
            return list(findings)
        right = list(_pieces(text, findings, self.lifted))
        for mask in self.masks:
            masked = (f for f in right if f.label == mask.label and not _is_kept(f, text))
            if not any(each.span.contains(mask.span) for each in masked):
                right = [*_pieces(text, right, [mask.span]), mask]
        for name in sorted(self.names, key=lambda each: (each.span.start - each.span.end, each.span)):
            parts = [each for each in right if each.label == name.label and name.span.contains(each.span)]
            kept = [each for each in right if each.span.overlaps(name.span) and _is_kept(each, text)]
            right = [each for each in right if each not in parts and each not in kept]
            right += _pieces(text, [each for each in kept if each not in parts], [name.span])
            right += _pieces(text, [name], [each.span for each in right])
        return sorted(right, key=lambda finding: finding.span)

    def broken(self, text: str, replacements: Sequence[Replacement]) -> bool:
        """Whether anything that had to be masked was not.

        Args:
            text: The text before replacement.
            replacements: What was replaced in it.
        """
        covered = Stretches(each.span for each in replacements)
        return any(
            text[at].isalnum() and not covered.hold(at)
            for finding in (*self.masks, *self.names)
            for at in range(finding.span.start, finding.span.end)
        )

    def as_json(self) -> list[object]:
        """For a fingerprint."""
        return [
            [(finding.label, finding.span.start, finding.span.end) for finding in findings]
            for findings in (self.masks, self.names)
        ] + [[(span.start, span.end) for span in self.lifted], sorted(self.people)]


class Corrections:
    """The corrections in force in one vault, read once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._settled = in_force(vault)
        self._withdrawn = Tombstones(vault)
        self._wide, self._kept = _beyond_their_place(self._settled)
        self._names = {each.words: each.label for each in self._wide if each.reach is Reach.CORPUS}

    def __bool__(self) -> bool:
        return bool(self._settled)

    def __len__(self) -> int:
        return len(self._settled)

    def on(self, document: RawDocument, speakers: frozenset[str]) -> Said:
        """What they say of a document.

        Args:
            document: Cleaned.
            speakers: The names known in its thread, which are never lifted but in the place where that was asked.
                Names of those who withdrew from it are lifted nowhere.
        """
        if not self._settled:
            return Said()
        text = document.text
        lookup, copy = self._vault.keyed("id document", document.document_key), copies_of(self._vault, text)
        gone = self._withdrawn.names_in(text, document.thread)
        spoken = [*(finding.span for finding in known_in(text, speakers)), *gone]
        masks: list[Finding] = []
        lifted: list[Span] = []
        for each in self._settled:
            if each.lookup != lookup and each.copies != copy:
                continue
            if each.action is CorrectionAction.MASK:
                for span in places_to_mask(text, span=each.span, words=each.words):
                    masks = [*_pieces(text, masks, [span]), _finding(span, each.label)]
                    lifted = _cut(lifted, [span])
            elif (place := _place(each, text, self._vault)) is not None and not any(map(place.overlaps, gone)):
                here = [place] if each.lookup == lookup else _cut([place], spoken)
                masks = list(_pieces(text, masks, here))
                lifted = sorted([*_cut(lifted, here), *here])
        marked = [mask.span for mask in masks]
        kept = _cut(_cut(self._kept_in(text), spoken), [*marked, *lifted])
        names = [*self._in_thread(text, document.thread), *self._in_corpus(text)]
        return Said(
            tuple(sorted(masks, key=lambda mask: mask.span)),
            tuple(_pieces(text, names, [*marked, *lifted, *kept])),
            tuple(sorted([*lifted, *kept])),
            self._people_in(text) if any(name.label == "PERSON" for name in names) else frozenset(),
        )

    def on_form(self, text: str) -> Said:
        """What they say of a question, a closed answer, a name of a file: words that no document of theirs holds."""
        names = self._in_corpus(text)
        kept = self._kept_in(text)
        return Said((), tuple(_pieces(text, names, kept)), tuple(kept))

    def find(self, documents: Sequence[RawDocument]) -> list[list[Finding]]:
        """Words that corrections look for beyond their own place: a voter among the recognisers, so that a surname
        which another one sees beside a known first name is one name with it."""
        return [[*self._in_thread(d.text, d.thread), *self._in_corpus(d.text)] for d in documents]

    def lost(self, documents: Iterable[RawDocument]) -> list[int]:
        """The numbers of corrections whose words their document no longer says where they were marked: it was
        changed since. A mask has nothing left to hide; a mask that was taken away is back."""
        by_lookup = {self._vault.keyed("id document", d.document_key): d.text for d in documents}
        found = []
        for each in self._settled:
            text = by_lookup.get(each.lookup)
            if text is None:
                continue
            masked = each.action is CorrectionAction.MASK
            if not (
                places_to_mask(text, span=each.span, words=each.words) if masked else _place(each, text, self._vault)
            ):
                found.append(each.number)
        return found

    def shown_in(self, document: Document) -> bool:
        """Whether a document, such as one of an earlier run, shows words that are masked by now."""
        way = ReplacementMap(document.replacements)
        for each in self.on_form(document.text).names:
            if not any(surrogate.overlaps(each.span) for surrogate in way.surrogates):
                return True
        here = (s for s in self._settled if s.document_id == document.document_id)
        masks = (s for s in here if s.action is CorrectionAction.MASK)
        return any(way.after(mask.span)[0].of(document.text) == mask.words for mask in masks)

    def _in_thread(self, text: str, thread: str) -> list[Finding]:
        return _said_in(text, {each.words: each.label for each in self._wide if each.thread == thread})

    def _in_corpus(self, text: str) -> list[Finding]:
        found = _said_in(text, self._names)
        return [
            f for f in found if f.label != "PERSON" or f.span.of(text) in self._names or is_only_a_name(f.span.of(text))
        ]

    def _people_in(self, text: str) -> frozenset[str]:
        people = (mask.words for mask in self._wide if mask.label == "PERSON")
        return frozenset(words for words in people if known_in(text, frozenset({words})))

    def _kept_in(self, text: str) -> list[Span]:
        return _joined(span for words in self._kept for span in every(words, text))


def known_names(documents: Sequence[RawDocument], spec: CorpusSpec) -> dict[str, frozenset[str]]:
    """Whom each thread is known to name before it is read: who speaks in it, and whom the corpus lists."""
    return {thread: names | set(spec.extra_names) for thread, names in names_by_thread(documents).items()}


def bearing(
    corrections: Corrections, documents: Sequence[RawDocument], names: Mapping[str, frozenset[str]]
) -> dict[str, list[object]]:
    """What corrections say of each thread, for the fingerprints of its documents; nothing where they say nothing.

    Args:
        corrections: Those in force.
        documents: Whole threads.
        names: The names known in each.
    """
    told: dict[str, list[object]] = {document.thread: [] for document in documents}
    on_form = cache(corrections.on_form)
    for document in documents if corrections else ():
        said = [corrections.on(document, names[document.thread]), *map(on_form, _forms(document))]
        if any(said):
            told[document.thread].append([document.document_key, [each.as_json() for each in said]])
    return {thread: sorted(lines, key=str) for thread, lines in told.items()}


def _forms(document: RawDocument) -> list[str]:
    d = document
    told = [d.source.file, d.source.place, d.prompt, d.consent, d.speaker, *d.promises]
    told += [part for pair in sorted(d.attributes.items()) for part in pair]
    return [text or "" for text in told]


def _beyond_their_place(settled: Sequence[Settled]) -> tuple[list[Settled], set[str]]:
    """The masks that are looked for elsewhere, and the words that are kept in every text. Who came last is right."""
    masks: list[Settled] = []
    kept: set[str] = set()
    for each in settled:
        plain = each.words.casefold()
        if each.action is CorrectionAction.UNMASK and each.reach is Reach.CORPUS:
            masks = [mask for mask in masks if mask.words.casefold() != plain]
            kept.add(plain)
        elif each.action is CorrectionAction.MASK and each.reach is not Reach.HERE:
            masks.append(each)
            kept.discard(plain)
    return masks, kept


def _said_in(text: str, names: Mapping[str, str]) -> list[Finding]:
    people = frozenset(words for words, label in names.items() if label == "PERSON")
    found = known_in(text, people, recognizer=RECOGNIZER)
    for words, label in names.items():
        found += [_finding(span, label) for span in said_as(words, text)] if label != "PERSON" else []
    return found


def _place(settled: Settled, text: str, vault: Vault) -> Span | None:
    s = settled
    return place_to_keep(text, span=s.span, words=s.words, near=s.near, digest=vault.digest)


def _is_kept(finding: Finding, text: str) -> bool:
    return action_on(finding, finding.span.of(text), "coding") is Action.KEEP


def _finding(span: Span, label: str) -> Finding:
    return Finding(span, label, rule_for(label).kind, 1.0, RECOGNIZER)


def _pieces(text: str, findings: Iterable[Finding], taken: Sequence[Span]) -> Iterator[Finding]:
    """What of the findings lies outside of some stretches: without blanks and marks at its edges, if it was cut."""
    stretches = Stretches(taken)
    for finding in findings:
        over = stretches.over(finding.span)
        if not over:
            yield finding
            continue
        for piece in outside(finding, over):
            span = snapped(text, piece.span)
            if span is not None:
                yield replace(piece, span=span)


def _cut(spans: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """What of some spans lies outside of others, in order."""
    stretches = Stretches(taken)
    left: list[Span] = []
    for span in spans:
        start = span.start
        for each in stretches.over(span):
            if start < each.start:
                left.append(Span(start, each.start))
            start = max(start, each.end)
        if start < span.end:
            left.append(Span(start, span.end))
    return sorted(left)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that overlap made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
