"""The filter of the queue as an address holds it: ids and numbers alone, each checked; what is unknown is left out."""

from collections.abc import Mapping
from urllib.parse import urlencode

from themes.records.corpus import DocumentKind
from themes.review.queue import ALL, MINE, READING, SAMPLE, Wanted
from themes.review.reasons import REASONS
from themes.review.study import Study

NAMES = ("reason", "with", "kind", "question", "speaker", "theme")


def wanted_of(study: Study, query: Mapping[str, str]) -> Wanted:
    """The filter that an address, or a form, asks for."""
    reason, code, kind, question, speaker, theme = (query.get(name, "") for name in NAMES)
    return Wanted(
        reason=reason if reason in {*REASONS, READING, SAMPLE, MINE} else ALL,
        code_id=code if code in study.codebook else "",
        kind=kind if kind in set(DocumentKind) else "",
        prompt=_prompt(study, question),
        speaker=speaker if speaker in speakers(study) else "",
        theme_id=theme if theme in study.themes else "",
    )


def query_of(study: Study, wanted: Wanted, **more: str) -> str:
    """A filter as the end of an address, from its "?" on; empty if it lets everything pass."""
    return f"?{urlencode(told)}" if (told := {**fields_of(study, wanted), **more}) else ""


def fields_of(study: Study, wanted: Wanted) -> dict[str, str]:
    """A filter as names and values, for a form."""
    question = str(study.prompts.index(wanted.prompt)) if wanted.prompt in study.prompts else ""
    reason = wanted.reason if wanted.reason != ALL else ""
    values = (reason, wanted.code_id, wanted.kind, question, wanted.speaker, wanted.theme_id)
    return {name: value for name, value in zip(NAMES, values, strict=True) if value}


def speakers(study: Study) -> list[str]:
    """Who speaks, as the sources tell it."""
    return sorted({d.speaker for d in study.documents.values() if d.speaker})


def _prompt(study: Study, number: str) -> str:
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        return ""
    return study.prompts[int(number)] if int(number) < len(study.prompts) else ""
