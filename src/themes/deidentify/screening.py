"""Names of files, sheets and columns, and closed answers: they, too, can name somebody."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.dates import age_band
from themes.deidentify.findings import details_of
from themes.deidentify.lexicon import context, is_wide, places, plain_names, surnames, word_names
from themes.deidentify.policy import Action, action_for
from themes.deidentify.surrogates import surrogates
from themes.deidentify.vault import Vault
from themes.records.corpus import DocumentKind, SourceRef
from themes.records.raw import RawDocument
from themes.records.spec import CorpusSpec

AGE_KEY = re.compile(r"\bage\b|\bhow old\b", re.IGNORECASE)


def screened_file_names(
    names: Iterable[str],
    *,
    spec: CorpusSpec,
    vault: Vault,
    says: str = "file",
    recognizers: Mapping[str, Recognizer] = RECOGNIZERS,
) -> dict[str, str]:
    """File or column names as they may be shown: "file 3" where a recogniser finds something in one, else itself.

    Numbers run over all the names given, ordered by keyed hash: they tell nothing of the names and do not depend on the order
    in which files were found. Give all names of a corpus at once.

    Args:
        says: "file", "sheet" or "column".
    """
    ordered = sorted(set(names), key=lambda name: (vault.digest(f"{says}\0{name}"), name))
    telling = _telling(ordered, spec, recognizers)
    return {
        name: f"{says} {number}{_ending(name, says)}" if name in telling else name
        for number, name in enumerate(ordered, 1)
    }


def screened_texts(
    texts: Iterable[str], *, spec: CorpusSpec, vault: Vault, recognizers: Mapping[str, Recognizer] = RECOGNIZERS
) -> dict[str, str]:
    """Short texts of a form – questions, promises, closed answers, places in a file – with surrogates where they name somebody."""
    unique = sorted(set(texts))
    found = details_of([_as_document(text) for text in unique], spec=spec, recognizers=recognizers)
    screened = {}
    for text, findings in zip(unique, found, strict=True):
        written = surrogates(text, findings, vault, profile="coding")
        for finding, words in reversed(list(zip(findings, written, strict=True))):
            text_now = screened.get(text, text)
            screened[text] = text_now[: finding.span.start] + words + text_now[finding.span.end :]
        screened.setdefault(text, text)
    return screened


def screened_answer(key: str, value: str, screened: str) -> str:
    """A closed answer as it may be kept: an exact age as its band, a village or a bare name not at all.

    >>> screened_answer("Age", "47", "47"), screened_answer("Town", "Haworth", "Haworth"), screened_answer("Region", "Wales", "Wales")
    ('40–49', 'withheld', 'Wales')
    """
    plain = value.strip().casefold()
    if AGE_KEY.search(key) and plain.isdigit():
        return age_band(plain) if int(plain) < 120 else "withheld"
    if plain in places() and not is_wide(plain) and plain not in context("ordinary_answers"):
        return "withheld"
    return "withheld" if screened == value and _bare_name(plain) else screened


def screened_source(source: SourceRef, files: Mapping[str, str], screened: Mapping[str, str]) -> SourceRef:
    return SourceRef(files[source.file], screened.get(source.place, source.place))


def files_of(documents: Sequence[RawDocument], spec: CorpusSpec) -> set[str]:
    """Every file name that the numbering of a corpus runs over: all below raw/, and those of the documents."""
    raw = spec.raw
    below = (
        {str(Path(path.relative_to(raw)).as_posix()) for path in raw.rglob("*") if path.is_file()}
        if raw.is_dir()
        else set()
    )
    return below | {document.source.file for document in documents}


def _telling(names: Sequence[str], spec: CorpusSpec, recognizers: Mapping[str, Recognizer]) -> set[str]:
    """The names in which something is found that the coding profile masks, as written or read as words."""
    readings = [(name, reading) for name in names for reading in {name, _as_words(name)}]
    found = details_of([_as_document(reading) for _, reading in readings], spec=spec, recognizers=recognizers)
    telling = {
        name
        for (name, reading), findings in zip(readings, found, strict=True)
        if any(
            f.label not in {"URL", "AGE", "DATE"} and action_for(f.label, f.span.of(reading), "coding") is Action.MASK
            for f in findings
        )
    }
    return telling | {name for name in names if _bare_name(_as_words(name).casefold())}


def _as_words(name: str) -> str:
    spaced = re.sub(
        r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", Path(name).stem if "." in name else name
    )
    return re.sub(r"[_\-./\\]+", " ", f"{Path(name).parent} {spaced}" if "/" in name else spaced).title()


def _bare_name(words: str) -> bool:
    pieces = re.findall(r"[^\W\d_]+", words)
    return any(
        piece in plain_names() or (piece in word_names() and i + 1 < len(pieces) and pieces[i + 1] in surnames())
        for i, piece in enumerate(pieces)
    )


def _ending(name: str, says: str) -> str:
    suffix = Path(name).suffix
    return suffix if says == "file" and re.fullmatch(r"\.[A-Za-z]{2,5}", suffix) else ""


def _as_document(text: str) -> RawDocument:
    return RawDocument(SourceRef("name"), DocumentKind.ANSWER, text, case_key="", document_key=text, thread=text)
