"""How a survey table is laid out, as its source in corpus.toml says."""

from collections.abc import Mapping
from dataclasses import dataclass

from themes.errors import CorpusError
from themes.read import options
from themes.read.rows import tidy
from themes.records.estimate import GROUPINGS
from themes.records.spec import SourceSpec

KNOWN = (
    "case", "open", "closed", "written", "consent", "speaker", "author", "name_hidden",
    "sheet", "delimiter", "encoding", "consent_default", "speaker_default", "promises",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SurveyOptions:
    """Which column is what. Column names are compared after `rows.tidy`."""

    open: Mapping[str, str]
    """Column to the question it answers: one document per filled answer."""
    closed: Mapping[str, str]
    """Column to the attribute it fills; never a grouping of the program's own."""
    case: str | None = None
    """The column that tells people apart; without it each row is a person."""
    written: str | None = None
    consent: str | None = None
    speaker: str | None = None
    author: str | None = None
    name_hidden: str | None = None
    sheet: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    consent_default: str | None = None
    """For rows whose consent cell is blank, or all rows."""
    speaker_default: str | None = None
    promises: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that must be there, once each."""
        single = (self.case, self.written, self.consent, self.speaker, self.author, self.name_hidden)
        return tuple(dict.fromkeys([*(name for name in single if name), *self.open, *self.closed]))


def survey_options(source: SourceSpec) -> SurveyOptions:
    """The options of a survey_table source.

    Raises:
        CorpusError: For an option that is unknown or of the wrong kind, or if `open` is missing.
    """
    options.only_known(source, KNOWN)
    opened = options.table(source, "open")
    if not opened:
        raise CorpusError(
            f"corpus.toml, source '{source.name}': `open` is missing. Name the columns people wrote in, "
            'such as open = { Q1 = "What happened?" }.'
        )
    delimiter = options.word(source, "delimiter") if source.options.get("delimiter") != "\t" else "\t"
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise CorpusError(f"corpus.toml, source '{source.name}': `delimiter` must be one character, such as \";\".")
    return SurveyOptions(
        open={tidy(column): question for column, question in opened.items()},
        closed={tidy(column): _attribute(name) for column, name in options.table(source, "closed").items()},
        case=_column(source, "case"),
        written=_column(source, "written"),
        consent=_column(source, "consent"),
        speaker=_column(source, "speaker"),
        author=_column(source, "author"),
        name_hidden=_column(source, "name_hidden"),
        sheet=options.word(source, "sheet"),
        delimiter=delimiter,
        encoding=options.encoding(source),
        consent_default=options.word(source, "consent_default"),
        speaker_default=options.word(source, "speaker_default"),
        promises=options.words(source, "promises"),
    )


def _attribute(name: str) -> str:
    """What an attribute is called: "experience (answered)", since the program groups by what it calls experience."""
    return f"{name} (answered)" if name in GROUPINGS else name


def _column(source: SourceSpec, name: str) -> str | None:
    column = options.word(source, name)
    return tidy(column) if column else None
