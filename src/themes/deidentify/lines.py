"""Single texts, each by itself, outside any corpus: what the command line de-identifies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from themes.deidentify.document import deidentify
from themes.deidentify.replace.policy import checked_profile
from themes.deidentify.rereading import before
from themes.deidentify.vault.vault import Vault
from themes.records.corpus import DocumentKind, Empty, Quarantined, SourceRef
from themes.records.privacy import Replacement
from themes.records.raw import RawDocument
from themes.records.span import OffsetMap, Span
from themes.records.spec import CorpusSpec

Clean = Callable[[RawDocument], RawDocument | Quarantined | Empty]


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text and what is known of its writer."""

    text: str = field(repr=False)
    author: str | None = field(default=None, repr=False)
    name_hidden: bool = False


@dataclass(frozen=True, slots=True)
class MaskedText:
    """The text with surrogates. Spans are in the text as it was given."""

    text: str
    replacements: tuple[Replacement, ...] = ()


def deidentify_texts(
    texts: Sequence[PlainText], *, clean: Clean, spec: CorpusSpec, vault: Vault, profile: str = "coding"
) -> list[MaskedText | str]:
    """Each text masked, or the reason why it cannot be.

    Args:
        texts: Each is a thread of its own: names known in one are not looked for in another.
        clean: The cleaning stage; its offset map leads back to the text as given.
        spec: Whose own names, places and keep-words count.
        profile: "coding" or "release".

    Raises:
        WrongUse: If there is no such profile.
        ProtectionError, ModelError: As `deidentify`.
    """
    read_as = dict.fromkeys(("coding", checked_profile(profile)))
    cleaned = [clean(_raw(i, text)) for i, text in enumerate(texts)]
    raw = [document for document in cleaned if isinstance(document, RawDocument)]
    result = deidentify(raw, spec=spec, vault=vault, read_as=tuple(read_as))
    done = {document.source.place: document for document in result.documents}
    lost = {quarantined.source.place: quarantined.reason for quarantined in result.quarantined}
    answers: list[MaskedText | str] = []
    for i, (given, document) in enumerate(zip(texts, cleaned, strict=True)):
        place = _place(i)
        if isinstance(document, Quarantined):
            answers.append(document.reason)
        elif isinstance(document, Empty):
            answers.append(MaskedText(given.text))
        elif place in lost:
            answers.append(lost[place])
        else:
            found = done[place]
            strict = found.release_replacements if profile == "release" else ()
            text = _applied(found.text, strict)
            answers.append(MaskedText(text, _in_given(found.replacements, strict, found.offsets, len(given.text))))
    return answers


def _raw(i: int, given: PlainText) -> RawDocument:
    return RawDocument(
        SourceRef("lines", _place(i)),
        DocumentKind.COMMENT,
        given.text,
        case_key=_place(i),
        document_key=_place(i),
        thread=_place(i),
        author=given.author,
        name_hidden=given.name_hidden,
    )


def _place(i: int) -> str:
    return f"line {i}"


def _applied(text: str, replacements: Sequence[Replacement]) -> str:
    for replacement in reversed(replacements):
        text = text[: replacement.span.start] + replacement.surrogate + text[replacement.span.end :]
    return text


def _in_given(
    replacements: Sequence[Replacement], strict: Sequence[Replacement], offsets: OffsetMap, length: int
) -> tuple[Replacement, ...]:
    """All replacements, spans in the text as given. What the strict profile replaces anew takes the place of the
    other."""
    merged = {replacement.span: replacement for replacement in replacements}
    for replacement in strict:
        span = Span(before(replacement.span.start, replacements), before(replacement.span.end, replacements))
        merged[span] = Replacement(span, replacement.label, replacement.surrogate)
    return tuple(
        Replacement(given_span(span, offsets, length), replacement.label, replacement.surrogate)
        for span, replacement in sorted(merged.items())
    )


def given_span(span: Span, offsets: OffsetMap, length: int) -> Span:
    """Where a span of a cleaned text stood in the text as given, of so many characters."""
    start = min(length, offsets.received(span.start))
    end = min(length, max(offsets.received(span.end), offsets.received(span.end - 1) + 1))
    return Span(start, max(start, end))
