"""Names of files, sheets and columns, and closed answers: they, too, can name somebody."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.correct.corrected import Corrections
from themes.deidentify.decide.short_names import as_words, names_somebody, says_a_strange_word, says_nothing
from themes.deidentify.findings import details_of
from themes.deidentify.replace.policy import Action, action_on, labels, rule_for
from themes.deidentify.replace.surrogates import surrogates
from themes.deidentify.vault.spelling import TAG_LENGTH, spelled_tag
from themes.deidentify.vault.vault import Vault
from themes.deidentify.wording.lexicon import (
    context,
    is_town,
    is_wide,
    places,
    word_names,
)
from themes.deidentify.wording.regions import kind_and_region, region_of
from themes.deidentify.wording.vaguer import age_band
from themes.records.corpus import DocumentKind, SourceRef
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec

AGE_KEY = re.compile(r"\bage\b|\bhow old\b", re.IGNORECASE)
POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?(?: ?\d[a-z]{2})?$")
TIED = re.compile(r"[^\W\d]+(?:_+[^\W\d]+)*")
"""A name of a column whose words, if it has several, are tied by underscores, without figures."""
SAY_NOTHING = {"URL", "AGE", "DATE"}
"""Kinds that a file name may hold: "story.com.txt", "2014-05-01.csv"."""


DESCRIBE = frozenset({"AGE", "DATE", "DATETIME", "QUANTITY", "DEM", "MISC"})
"""Kinds that say what people are like, and in a closed answer of many point at nobody."""
REGIONS = frozenset({"nation", "region", "place abroad"})
"""What answers of many are compared by."""


@dataclass(frozen=True)
class Screen:
    """What screening goes by."""

    spec: CorpusSpec
    vault: Vault
    recognizers: Mapping[str, Recognizer]

    def details(self, texts: Sequence[str]) -> list[list[Finding]]:
        documents = [
            RawDocument(SourceRef("name"), DocumentKind.ANSWER, text, case_key="", document_key=text, thread=text)
            for text in texts
        ]
        found = details_of(documents, spec=self.spec, recognizers=self.recognizers)
        return [
            self._corrections.on_form(text).applied(text, findings) for text, findings in zip(texts, found, strict=True)
        ]

    @cached_property
    def _corrections(self) -> Corrections:
        return Corrections(self.vault)


def screened_file_names(
    names: Iterable[str],
    *,
    spec: CorpusSpec,
    vault: Vault,
    recognizers: Mapping[str, Recognizer] = RECOGNIZERS,
) -> dict[str, str]:
    """The file names of a corpus as they may be shown: "file 3.csv" where a recogniser finds something in one.

    Args:
        names: All files of the corpus at once: the numbers run over them.
    """
    everything = set(names)
    return screened_names(everything, "file", among=everything, screen=Screen(spec, vault, recognizers))


def screened_names(
    names: Iterable[str],
    says: str,
    *,
    among: Iterable[str],
    screen: Screen,
) -> dict[str, str]:
    """File or column names as they may be shown: itself, or "column 5" where a recogniser finds something in one.

    Numbers run over all of `among` in the order of a keyed hash: they tell nothing of the names, and do not depend on
    the order in which files were found.

    Args:
        names: What to screen.
        says: "file", "sheet" or "column".
        among: All names of that sort in the corpus.
    """
    wanted = sorted(set(names))
    ordered = sorted({*among, *wanted}, key=lambda name: (screen.vault.digest(f"{says}\0{name}"), name))
    numbers = {name: number for number, name in enumerate(ordered, 1)}
    telling = _telling(wanted, screen)
    return {name: f"{says} {numbers[name]}{_ending(name, says)}" if name in telling else name for name in wanted}


def screened_texts[Text: (str, str | None)](texts: Iterable[Text], screen: Screen) -> dict[Text, Text]:
    """Short texts of a form – questions, promises, closed answers – with surrogates where they name somebody."""
    return {text: coding for text, (coding, _) in screened_forms(texts, screen).items()}


def screened_forms[Text: (str, str | None)](texts: Iterable[Text], screen: Screen) -> dict[Text, tuple[Text, Text]]:
    """Short texts of a form as the coding profile has them and as the release profile does (`names_no_group`)."""
    unique = list(dict.fromkeys(texts))
    heard = screen.details([text or "" for text in unique])
    found = [
        findings if any(f.label not in DESCRIBE for f in findings) else _a_city_alone(text or "") or findings
        for text, findings in zip(unique, heard, strict=True)
    ]
    screened: dict[Text, tuple[Text, Text]] = {}
    with screen.vault.writing():
        for text, findings in zip(unique, found, strict=True):
            if text is None:
                screened[text] = (text, text)
                continue
            coding = surrogates(text, findings, screen.vault, profile="coding")
            release = surrogates(text, findings, screen.vault, profile="release")
            strict = [
                stricter if names_no_group(finding, text) else written
                for finding, written, stricter in zip(findings, coding, release, strict=True)
            ]
            screened[text] = (_with(text, findings, coding), _with(text, findings, strict))
    return screened


def released_columns(columns: Iterable[str], screen: Screen) -> dict[str, str]:
    """Names of columns as the release profile has them: words tied by underscores are read as words, no user name.

    One that it changes ends in a keyed tag of its own, so that no two columns come to have the same name.
    """
    readings = {name: as_words(name) if TIED.fullmatch(name) else name for name in columns}
    strict = {reading: strictly for reading, (_, strictly) in screened_forms(readings.values(), screen).items()}
    return {
        name: f"{strict[reading]} {spelled_tag(screen.vault.keyed('column', name))[:TAG_LENGTH]}"
        if strict[reading] != reading
        else name
        for name, reading in readings.items()
    }


def _a_city_alone(text: str) -> list[Finding]:
    """A city that is all of an answer: nothing stands around it by which the weights would hear it."""
    span = Span(len(text) - len(text.lstrip()), len(text.rstrip()))
    city = is_wide(span.of(text).casefold()) and kind_and_region(span.of(text)).startswith("town in ")
    return [Finding(span, "LOCATION", IdentifierKind.QUASI, 1.0, "place")] if city else []


def names_no_group(finding: Finding, text: str) -> bool:
    """Whether the release profile takes a detail out of a short text of a form.

    In an answer that ten people gave, kinds that describe (an age band, a belief, a sum, a year) describe those ten,
    and regions are what answers are compared by; what names somebody, an organisation or a town is a name there too.
    """
    words = finding.span.of(text)
    if finding.label in DESCRIBE or (finding.label == "LOCATION" and kind_and_region(words) in REGIONS):
        return False
    return action_on(finding, words, "release") is not Action.KEEP


def _with(text: str, findings: Sequence[Finding], written: Sequence[str]) -> str:
    for finding, words in reversed(list(zip(findings, written, strict=True))):
        text = text[: finding.span.start] + words + text[finding.span.end :]
    return text


def screened_places(places_in_files: Iterable[str], screen: Screen) -> dict[str, str]:
    """Places in files, such as "sheet Answers, row 12". Those that differ in figures alone are looked at once."""
    shapes = {place: re.sub(r"\d+", "0", place) for place in places_in_files}
    screened = screened_texts(set(shapes.values()), screen)
    telling = {place for place, shape in shapes.items() if screened[shape] != shape}
    masked = screened_texts(telling, screen)
    return {place: masked.get(place, place) for place in shapes}


def screened_answer(key: str, value: str, screened: str) -> str:
    """A closed answer as it may be kept: an exact age as its band, a town as its region, a village or a bare name not
    at all.

    >>> screened_answer("Age", "47", "47"), screened_answer("Town", "Haworth", "Haworth")
    ('40–49', 'withheld')
    >>> screened_answer("Town", "Goole", "Goole"), screened_answer("Town", "Goole, E. Yorks", "Goole, E. Yorks")
    ('town in East Yorkshire', 'town in East Yorkshire')
    """
    plain = value.strip().casefold()
    town = _before_its_county(plain)
    if AGE_KEY.search(key) and plain.isdigit():
        return age_band(plain) if int(plain) < 120 else "withheld"
    if town in places() and not is_wide(town) and town not in context("ordinary_answers"):
        return kind_and_region(town) if is_town(town) and region_of(town) else "withheld"
    if any(f"[{says}" in screened.casefold() for says in _direct()):
        return "withheld"
    return "withheld" if screened == value and (names_somebody(plain) or _is_a_name_alone(value)) else screened


def _before_its_county(plain: str) -> str:
    """ "halifax" of "halifax, west yorks": the first of several parts if the others say where it is or are a postcode;
    "reading" of "reading, cooking" is no town."""
    first, *others = re.split(r"\s*[,;/()]\s*|\s+[\-–]\s+", plain.strip(" .)"))
    where = [part.replace(".", " ").strip() for part in others if part]
    within = all(
        is_wide(part) or part in places() or part in context("whole_country") or POSTCODE.match(part) for part in where
    )
    return first if where and within else plain


@cache
def _direct() -> tuple[str, ...]:
    """What surrogates of details that point to one person by themselves say."""
    return tuple(rule_for(label).says.casefold() for label in labels() if rule_for(label).kind is IdentifierKind.DIRECT)


def _is_a_name_alone(value: str) -> bool:
    """Whether an answer is nothing but a word that people are called by, "Dawn", and no month."""
    plain = value.strip().casefold()
    return value[:1].isupper() and plain in word_names() and plain not in context("month_names")


def files_of(documents: Sequence[RawDocument], spec: CorpusSpec) -> set[str]:
    """Every file name that the numbering of a corpus runs over: all below raw/, and those of the documents."""
    raw = spec.raw
    below = {path.relative_to(raw).as_posix() for path in raw.rglob("*") if path.is_file()} if raw.is_dir() else set()
    return below | {document.source.file for document in documents}


def _telling(names: Sequence[str], screen: Screen) -> set[str]:
    """The names in which something is found that the coding profile masks, as written or read as words."""
    readings = [(name, reading) for name in names for reading in sorted({name, as_words(name)})]
    found = screen.details([reading for _, reading in readings])
    telling = {name for name in names if names_somebody(as_words(name).casefold())}
    for (name, reading), findings in zip(readings, found, strict=True):
        masked = [f for f in findings if action_on(f, f.span.of(reading), "coding") is not Action.KEEP]
        said = [f for f in masked if not says_nothing(f, reading)]
        strange = [f for f in findings if f.label == "MISC" and says_a_strange_word(f.span.of(reading))]
        if strange or any(finding.label not in SAY_NOTHING for finding in said):
            telling.add(name)
    return telling


def _ending(name: str, says: str) -> str:
    suffix = Path(name).suffix
    return suffix if says == "file" and re.fullmatch(r"\.[A-Za-z]{2,5}", suffix) else ""
