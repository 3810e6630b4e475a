"""The codebook for other programs: REFI-QDA's .qdc, and beside it what .qdc cannot say."""

from collections.abc import Iterable, Mapping
from itertools import cycle
from pathlib import Path

from themes.export.refi_xml import codebook_xml
from themes.records.codebook import Code, Codebook
from themes.records.exchange import ExchangedCode, ExchangedCodebook, ExchangedSet, guid
from themes.records.project import Release
from themes.store.files import whole_file, write_json
from themes.store.tables import to_plain

ORIGIN = "themes"
SIDECAR = "themes codebook"
"""Opens the file that says what .qdc cannot."""

# Okabe and Ito (2008): can be told apart by people who see few colours.
COLOURS = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999")


def write_refi_codebook(release: Release, folder: Path) -> None:
    """`codebook.qdc`, and `codebook.sidecar.json` with what it cannot say: cues, polarity, close codes, questions.

    Raises:
        StoreError: If a file cannot be written.
    """
    book, corpus = release.codebook, release.run.corpus
    exchanged = ExchangedCodebook(ORIGIN, exchanged_codes(book, corpus), exchanged_sets(book, corpus))
    with whole_file(folder / "codebook.qdc") as partial:
        partial.write_bytes(codebook_xml(exchanged))
    write_json(folder / "codebook.sidecar.json", sidecar(book, corpus))


def sidecar(codebook: Codebook, corpus: str) -> dict[str, object]:
    """The whole codebook as JSON can hold it, and under which id and words each code was given away."""
    given = {code.code_id: {"guid": code_guid(corpus, code), "description": described(code)} for code in codebook.codes}
    return {"format": SIDECAR, "version": 1, "codes": given, "codebook": to_plain(codebook)}


def exchanged_codes(codebook: Codebook, corpus: str) -> tuple[ExchangedCode, ...]:
    """The code tree: groups, which nothing is coded with, their codes, and codes below these."""
    by_parent: dict[str | None, list[Code]] = {}
    for code in codebook.codes:
        by_parent.setdefault(code.parent_id, []).append(code)
    colours = dict(zip((code.code_id for code in codebook.codes), cycle(COLOURS), strict=False))
    placed: set[str] = set()

    def below(parent_id: str | None) -> tuple[ExchangedCode, ...]:
        return tuple(made(code) for code in by_parent.get(parent_id, ()) if code.code_id not in placed)

    def made(code: Code) -> ExchangedCode:
        placed.add(code.code_id)
        children = below(code.code_id) if code.code_id not in codebook.groups else ()
        return ExchangedCode(
            code_guid(corpus, code), code.name, described(code), color=colours[code.code_id], children=children
        )

    groups = [
        ExchangedCode(guid(corpus, "group", group_id), name, is_codable=False, children=below(group_id))
        for group_id, name in codebook.groups.items()
        if by_parent.get(group_id)
    ]
    # Codes whose parents go round in a circle hang on nothing: they stand by themselves.
    rest = [made(code) for code in codebook.codes if code.parent_id not in codebook and code.code_id not in placed]
    return (*groups, *rest, *(made(code) for code in codebook.codes if code.code_id not in placed))


def exchanged_sets(codebook: Codebook, corpus: str) -> tuple[ExchangedSet, ...]:
    """For each research question, the codes that bear on it."""
    guids: Mapping[str, list[str]] = {
        question.question_id: [code_guid(corpus, c) for c in codebook.codes if question.question_id in c.questions]
        for question in codebook.questions
    }
    return tuple(
        ExchangedSet(
            guid(corpus, "question", question.question_id),
            question.short or question.text or question.question_id,
            question.text,
            tuple(guids[question.question_id]),
        )
        for question in codebook.questions
        if guids[question.question_id]
    )


def code_guid(corpus: str, code: Code) -> str:
    return guid(corpus, "code", code.code_id)


def described(code: Code) -> str:
    """What a code means, in the one text that other programs have for it."""
    return "\n\n".join(
        part
        for part in (
            code.definition,
            code.clarification,
            _listed("Counts", code.include),
            _listed("Does not count", code.exclude),
            _listed("Examples", code.examples),
        )
        if part
    )


def _listed(what: str, entries: Iterable[str]) -> str:
    lines = [f"- {entry}" for entry in entries]
    return "\n".join((f"{what}:", *lines)) if lines else ""
