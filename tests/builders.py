"""Records for tests: every field has a dull default, so that a test spells out only what it is about."""

from datetime import date
from typing import Any

from themes.records.codebook import Code, Codebook
from themes.records.coding import Coding
from themes.records.corpus import Case, Document, DocumentKind, SourceRef
from themes.records.estimate import Prevalence
from themes.records.privacy import Replacement
from themes.records.project import Project
from themes.records.raw import RawDocument
from themes.records.residual import Measure, Residual, Severity
from themes.records.run import Run
from themes.records.segment import Segment
from themes.records.span import Span
from themes.records.theme import Theme, ThemeOrigin


def a_raw_document(text: str = "They were kind.", **fields: Any) -> RawDocument:
    defaults: dict[str, Any] = {
        "source": SourceRef("page.html", "comment 1"),
        "kind": DocumentKind.COMMENT,
        "case_key": "page.html\0someone",
        "document_key": f"page.html\0{text}",
        "thread": "page.html",
        "written": date(2013, 4, 5),
    }
    return RawDocument(text=text, **{**defaults, **fields})


def a_document(document_id: str = "d1", text: str = "They were kind.", **fields: Any) -> Document:
    defaults: dict[str, Any] = {
        "case_id": f"c-{document_id}",
        "kind": DocumentKind.COMMENT,
        "source": SourceRef("page.html", "comment 1"),
        "written": "2013-04",
    }
    return Document(document_id=document_id, text=text, **{**defaults, **fields})


def a_segment(segment_id: str = "d1:0-15", text: str = "They were kind.", **fields: Any) -> Segment:
    defaults: dict[str, Any] = {
        "document_id": segment_id.split(":", maxsplit=1)[0],
        "case_id": f"c-{segment_id.split(':', maxsplit=1)[0]}",
        "span": Span(0, len(text)),
    }
    return Segment(segment_id=segment_id, text=text, **{**defaults, **fields})


def a_case(case_id: str = "c-d1", **attributes: str) -> Case:
    return Case(case_id, attributes)


def a_code(code_id: str = "sanctions", **fields: Any) -> Code:
    defaults: dict[str, Any] = {"name": code_id.replace("_", " ").capitalize(), "definition": f"About {code_id}."}
    return Code(code_id=code_id, **{**defaults, **fields})


def a_codebook(*codes: Code, **fields: Any) -> Codebook:
    return Codebook(codes=codes or (a_code(),), **fields)


def a_coding(segment_id: str = "d1:0-15", code_id: str = "sanctions", **fields: Any) -> Coding:
    defaults: dict[str, Any] = {"coder_id": "machine", "applies": True, "probability": 0.8}
    return Coding(segment_id=segment_id, code_id=code_id, **{**defaults, **fields})


def a_prevalence(theme_id: str = "sanctions", cases_with: int | None = 20, **fields: Any) -> Prevalence:
    defaults: dict[str, Any] = {"group": "", "question": "", "period": "", "cases": 100}
    return Prevalence(theme_id=theme_id, cases_with=cases_with, **{**defaults, **fields})


def a_theme(theme_id: str = "sanctions", **fields: Any) -> Theme:
    defaults: dict[str, Any] = {
        "name": theme_id.replace("_", " ").capitalize(),
        "summary": f"About {theme_id}.",
        "origin": ThemeOrigin.GUIDED,
        "code_ids": (theme_id,),
    }
    return Theme(theme_id=theme_id, **{**defaults, **fields})


def a_masked_document(document_id: str, *parts: str | tuple[str, ...], **fields: Any) -> Document:
    """A document with details replaced.

    Args:
        parts: Words as they are; (words, label, surrogate) for what both profiles replace by it;
            (words, label, surrogate, strict surrogate) where the release profile has one of its own, and the coding
            profile keeps the words if its own is "".
    """
    text, cleaned = "", 0
    replacements, strict = [], []
    for part in parts:
        if isinstance(part, str):
            text, cleaned = text + part, cleaned + len(part)
            continue
        words, label, surrogate, *stricter = part
        written = surrogate or words
        if surrogate:
            replacements.append(Replacement(Span(cleaned, cleaned + len(words)), label, surrogate))
        if stricter:
            strict.append(Replacement(Span(len(text), len(text) + len(written)), label, stricter[0]))
        text, cleaned = text + written, cleaned + len(words)
    masks = {"replacements": tuple(replacements), "release_replacements": tuple(strict)}
    return a_document(document_id, text, **{**masks, **fields})


def a_residual(measure: Measure = Measure.SECOND_LOOK, kind: str = "PERSON", **fields: Any) -> Residual:
    defaults: dict[str, Any] = {"figure": 0.9, "severity": Severity.LOW}
    return Residual(measure, kind, **{**defaults, **fields})


def a_run(**fields: Any) -> Run:
    defaults: dict[str, Any] = {
        "run_id": "20240108T060000Z-abc123",
        "corpus": "invented",
        "started_at": "2024-01-08T06:00:00+00:00",
        "seed": 1,
        "codebook_version": "0",
    }
    return Run(**{**defaults, **fields})


def a_project(**fields: Any) -> Project:
    defaults: dict[str, Any] = {
        "run": a_run(),
        "title": "An invented study",
        "codebook": a_codebook(),
        "cases": (),
        "documents": (),
        "segments": (),
        "codings": (),
        "themes": (),
        "memberships": (),
        "prevalences": (),
    }
    return Project(**{**defaults, **fields})
