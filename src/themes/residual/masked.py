"""How much of what people wrote stands behind surrogates: per kind, in all, and from text to text."""

from collections import Counter
from collections.abc import Iterable

from themes.records.corpus import Document, DocumentKind
from themes.records.residual import Measure, Residual, Severity
from themes.release_text import as_released

LETTERS_A_WORD = 6
"""Of English with the blank after it: how many words a masked stretch had is reckoned, for the words are gone."""

BANDS = (0.0, 0.02, 0.05, 0.10, 0.20, 1.0)
"""Ends of the bands, as shares, in which texts are counted; texts without any mask have a band of their own."""

ALL, TEXTS = "all kinds", "texts: "


class MaskedWords:
    """Adds up over documents. Articles are left out: they are no people's texts."""

    def __init__(self) -> None:
        self.words = 0
        self.masked: Counter[str] = Counter()
        self.bands: Counter[str] = Counter()

    def add(self, documents: Iterable[Document]) -> None:
        for document in documents:
            if document.kind is not DocumentKind.ARTICLE:
                self._add(document)

    def _add(self, document: Document) -> None:
        released = as_released(document)
        masked = Counter[str]()
        for replacement in released.replacements:
            masked[replacement.label] += words_behind(replacement.span.end - replacement.span.start)
        left = len(released.text.split()) - sum(len(r.surrogate.split()) for r in released.replacements)
        words = max(left, 0) + masked.total()
        self.words += words
        self.masked += masked
        if words:
            self.bands[band_of(masked.total() / words)] += 1

    def findings(self) -> list[Residual]:
        """The share of words masked, of all kinds and of each; then how many texts have how large a share."""
        texts = self.bands.total()
        shares = [(ALL, self.masked.total()), *sorted(self.masked.items(), key=lambda item: (-item[1], item[0]))]
        rows = [
            Residual(Measure.MASKED, kind, round(masked / self.words, 5), Severity.LOW, out_of=self.words)
            for kind, masked in shares
            if self.words
        ]
        return rows + [
            Residual(Measure.MASKED, f"{TEXTS}{band}", self.bands[band], Severity.LOW, out_of=texts)
            for band in band_names()
            if texts
        ]


def words_behind(letters: int) -> int:
    """About how many words a masked stretch of so many characters had, at least one.

    >>> words_behind(4), words_behind(25)
    (1, 4)
    """
    return max(1, round(letters / LETTERS_A_WORD))


def band_names() -> list[str]:
    """
    >>> band_names()[:3]
    ['nothing', 'up to 2 %', '2–5 %']
    """
    ends = [f"{100 * end:.0f}" for end in BANDS]
    return ["nothing", f"up to {ends[1]} %", *(f"{ends[i]}–{ends[i + 1]} %" for i in range(1, len(ends) - 1))]


def band_of(share: float) -> str:
    """
    >>> band_of(0), band_of(0.05), band_of(0.051)
    ('nothing', '2–5 %', '5–10 %')
    """
    if share == 0:
        return "nothing"
    return band_names()[next(i for i, end in enumerate(BANDS) if share <= end)]
