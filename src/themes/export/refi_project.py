"""A run for other programs: REFI-QDA's .qdpx, what it cannot say beside it, and a note of what will be lost.

For the team alone, as are the tables of excerpts: each person has an entry. Texts are those that the disclosure check
let through, with tags for personal details and blocks where something is withheld.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from themes.errors import ProtectionError
from themes.export.refi_codebook import ORIGIN, exchanged_codes, exchanged_sets, sidecar
from themes.export.refi_lost import what_is_lost
from themes.export.refi_xml import PROFILES, Profile, write_project
from themes.records.coding import Coding, is_machine
from themes.records.corpus import Document, DocumentKind
from themes.records.exchange import (
    ExchangedCase,
    ExchangedCoding,
    ExchangedProject,
    ExchangedSource,
    ExchangedUser,
    ExchangedVariable,
    Values,
    coding_guid,
    guid,
)
from themes.records.project import Audience, Release
from themes.records.segment import Segment
from themes.store.files import whole_file, write_json
from themes.store.tables import to_plain

OF_TEXTS = {
    "kind": "Kind of text",
    "month": "Month",
    "speaker": "Speaker",
    "prompt": "Question asked",
    "same as": "Says the same as",
}
"""What is said of texts besides the attributes of their writers."""


def write_refi_project(release: Release, folder: Path) -> None:
    """`project.qdpx`, as the standard has it; `project.sidecar.json`; and `project.lost.txt`.

    Raises:
        ProtectionError: If the release is not for the team.
        StoreError: If a file cannot be written.
    """
    _write(release, folder, PROFILES["spec"])


def write_for_nvivo(release: Release, folder: Path) -> None:
    """The same as `project-nvivo.…`, with places in UTF-16 units."""
    _write(release, folder, PROFILES["nvivo"])


def write_for_maxqda(release: Release, folder: Path) -> None:
    """The same as `project-maxqda.…`, with line ends of two characters."""
    _write(release, folder, PROFILES["maxqda"])


def _write(release: Release, folder: Path, profile: Profile) -> None:
    if release.audience is not Audience.TEAM:
        raise ProtectionError(
            f"A project was asked of a release for the {release.audience}: it has each person's texts."
        )
    stem = "project" if profile.name == "spec" else f"project-{profile.name}"
    project = exchanged_project(release)
    with whole_file(folder / f"{stem}.qdpx") as partial:
        moment = datetime.fromisoformat(release.run.started_at)
        write_project(project, partial, profile=profile, moment=moment)
    write_json(folder / f"{stem}.sidecar.json", _sidecar(release))
    with whole_file(folder / f"{stem}.lost.txt") as partial:
        partial.write_text("\n".join(what_is_lost(release, given_codings(release), profile)) + "\n", encoding="utf-8")


def exchanged_project(release: Release) -> ExchangedProject:
    """A release in the words of REFI-QDA."""
    corpus = release.run.corpus
    codings: dict[str, list[ExchangedCoding]] = defaultdict(list)
    segments = {segment.segment_id: segment for segment in release.segments}
    given = given_codings(release)
    for coding in given:
        segment = segments[coding.segment_id]
        codings[segment.document_id].append(_coding(coding, segment, corpus, release.run.started_at))
    attributes = {case.case_id: dict(case.attributes) for case in release.cases}
    names = sorted({name for of_case in attributes.values() for name in of_case})
    people = [document for document in release.documents if document.kind is not DocumentKind.ARTICLE]
    of_texts = {document.document_id: _said_of(document) for document in release.documents}
    used = [key for key in OF_TEXTS if any(key in said for said in of_texts.values())]
    sources_of: dict[str, list[str]] = defaultdict(list)
    for document in people:
        sources_of[document.case_id].append(guid(corpus, "text", document.document_id))

    def values(of_case: Mapping[str, str]) -> Values:
        return tuple((guid(corpus, "attribute", name), of_case[name]) for name in sorted(of_case))

    def said(document: Document) -> Values:
        own = {} if document.kind is DocumentKind.ARTICLE else attributes.get(document.case_id, {})
        of_text = of_texts[document.document_id]
        return (*values(own), *((guid(corpus, "of text", key), of_text[key]) for key in used if key in of_text))

    return ExchangedProject(
        name=release.title or corpus,
        origin=ORIGIN,
        made_at=release.run.started_at,
        users=tuple(ExchangedUser(user_guid(corpus, name), name) for name in sorted({c.coder_id for c in given})),
        codes=exchanged_codes(release.codebook, corpus),
        variables=(
            *(ExchangedVariable(guid(corpus, "attribute", name), name) for name in names),
            *(ExchangedVariable(guid(corpus, "of text", key), OF_TEXTS[key]) for key in used),
        ),
        cases=tuple(
            ExchangedCase(
                guid(corpus, "case", case.case_id),
                case.case_id,
                values(attributes[case.case_id]),
                tuple(sources_of.get(case.case_id, ())),
            )
            for case in release.cases
        ),
        sources=tuple(
            ExchangedSource(
                guid=guid(corpus, "text", document.document_id),
                name=document.document_id,
                text=document.text,
                codings=tuple(codings.get(document.document_id, ())),
                values=said(document),
            )
            for document in release.documents
        ),
        sets=exchanged_sets(release.codebook, corpus),
        description=(
            f"Run {release.run.run_id} of {corpus}. Personal details were replaced. For the team, not for publication: "
            f"what a machine coded is suggested and unchecked."
        ),
    )


def given_codings(release: Release) -> list[Coding]:
    """The codings that other programs are given: each coder's last word, where it is a yes.

    What a machine suggested stands only until a person has said yes or no to it; a language model's advice never does.
    """
    places = {segment.segment_id: at for at, segment in enumerate(release.segments)}
    last: dict[tuple[str, str, str], Coding] = {}
    for coding in sorted(release.codings, key=lambda c: c.made_at or ""):
        if coding.segment_id in places and coding.code_id in release.codebook and not coding.is_advice:
            last[coding.segment_id, coding.code_id, coding.coder_id] = coding
    decided = {(c.segment_id, c.code_id) for c in last.values() if not is_machine(c.coder_id)}
    given = [
        coding
        for coding in last.values()
        if coding.applies and not (is_machine(coding.coder_id) and (coding.segment_id, coding.code_id) in decided)
    ]
    return sorted(given, key=lambda c: (places[c.segment_id], c.code_id, c.coder_id))


def user_guid(corpus: str, coder_id: str) -> str:
    return guid(corpus, "coder", coder_id)


def _coding(coding: Coding, segment: Segment, corpus: str, run_began: str) -> ExchangedCoding:
    identity = (coding.segment_id, coding.code_id, coding.coder_id)
    return ExchangedCoding(
        guid=coding_guid(corpus, *identity),
        code_guid=guid(corpus, "code", coding.code_id),
        span=segment.span,
        user_guid=user_guid(corpus, coding.coder_id),
        made_at=coding.made_at or run_began,
        quote=segment.text,
        selection_guid=guid(corpus, "selection", "\0".join(identity)),
    )


def _said_of(document: Document) -> dict[str, str]:
    said = {
        "kind": str(document.kind),
        "month": document.written,
        "speaker": document.speaker,
        "prompt": document.prompt,
        "same as": document.duplicate_of,
    }
    return {key: value for key, value in said.items() if value}


def _sidecar(release: Release) -> dict[str, object]:
    """What .qdpx cannot say: all codings with scores and what was noted, the noes as well, and the whole codebook."""
    corpus = release.run.corpus
    book = sidecar(release.codebook, corpus)
    return {
        **book,
        "format": "themes project",
        "run": release.run.run_id,
        "codings": [
            {
                "guid": coding_guid(corpus, coding.segment_id, coding.code_id, coding.coder_id),
                **{name: value for name, value in to_plain(coding).items() if value not in (None, "")},
            }
            for coding in release.codings
        ],
    }
