"""The texts that the weights of evidence are trained on, each with what every voter says of it."""

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks import marked_texts
from marked import read_marked
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.weigh.own_tagger import find_with_own_tagger
from themes.deidentify.weigh.own_votes import LEAST, OWN_TAGGER
from themes.deidentify.weigh.tagger import find_entities
from themes.deidentify.wording.lexicon import (
    context,
    is_wide,
    more_given_names,
    more_surnames,
    ordinary_words,
    places,
    plain_names,
    surnames,
    word_names,
)
from themes.deidentify.wording.words import sentences_of, words_of
from themes.records.corpus import DocumentKind, SourceRef
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

HERE = Path(__file__).parent
FAMILIES = {
    "person": frozenset({"PERSON"}),
    "place": frozenset({"LOCATION"}),
    "unit": frozenset({"BRANCH", "HOSPITAL", "SCHOOL", "EMPLOYER"}),
    "strict": frozenset({"PERSON", "ORG", "LOC", "DATETIME", "CODE", "QUANTITY", "DEM", "MISC"}),
    "singled": frozenset({"JOB", "EVENT", "DEMOG", "CONDITION"}),
    "age": frozenset({"AGE"}),
    "address": frozenset({"ADDRESS"}),
}
VOTERS = ("known_names", "names", "signatures", "places", "units")
FOLDS = 4
# How much a text of each source counts, as it is, in small letters and in capitals. Stories are what the program reads;
# tweets are many and of another kind.
COUNTS = {"tweets": (1.0, 0.5, 0.0), "uk": (4.0, 1.5, 0.7), "tab": (0.5, 0.0, 0.0), "plain": (2.0, 0.7, 0.3)}
CODEBOOK = HERE.parent.parent / "src" / "themes" / "codebooks" / "back-to-work"
UNHEARD_OF = 0.3  # share of the other names that no list holds
FRAGMENTS = 2  # cut from each text
FRAGMENT_WORDS = (2, 9)
OWN_ODDS = "own_tagger_odds.npz"
"""What our own tagger said of every word out of fold, in the scratch folder: train_own_tagger.py leaves it there."""


@dataclass(frozen=True)
class Sample:
    """A text to learn from. `spans`: start, end, label; `free`: may go or stay, and is neither learned nor judged."""

    key: str
    source: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    free: tuple[tuple[int, int], ...] = ()
    kept: tuple[tuple[int, int], ...] = ()
    author: str | None = None
    manner: str = "as written"
    counts: float = 1.0
    families: tuple[str, ...] = ("person",)
    said: tuple[Finding, ...] = field(default=(), repr=False)


def samples(data: Path, scratch: Path | None, *, own: bool = True) -> list[Sample]:
    """Every text to learn from, and its copies in small letters and in capitals.

    Args:
        scratch: Holds what our own tagger said out of fold: what it says of texts that it learned from is no evidence.
        own: Whether to add that.
    """
    each = [*tweets(data, held_out=False), *tab(data), *uk_texts(), *plain_texts()]
    told = [copy for sample in each for copy in (*copies(sample), *renamed(sample))]
    every = heard([*told, *(piece for sample in told for piece in fragments(sample))], scratch)
    return told_by_own_tagger(every, scratch) if own else every


def told_by_own_tagger(learn: Sequence[Sample], scratch: Path | None) -> list[Sample]:
    """The samples with what our own tagger said of each word out of fold."""
    kept = scratch / OWN_ODDS if scratch else None
    if kept is None or not kept.is_file():
        raise SystemExit(f"Our own tagger has not been trained: run benchmarks.train_own_tagger first ({OWN_ODDS}).")
    with np.load(kept) as file:
        likely, about = 1 / (1 + np.exp(-file["odds"].astype(np.float32))), str(file["about"])
    if about != digest_of_all(learn):
        raise SystemExit(f"What is in {OWN_ODDS} is about other texts: run benchmarks.train_own_tagger again.")
    at, told = 0, []
    for sample in learn:
        words = words_of(sample.text)
        said = [
            Finding(Span(words[i].start, words[i].end), list(FAMILIES)[k], IdentifierKind.QUASI,
                    round(float(likely[at + i, k]), 4), OWN_TAGGER)
            for i, k in zip(*(likely[at : at + len(words)] >= LEAST).nonzero(), strict=True)
        ]  # fmt: skip
        at += len(words)
        told.append(replace(sample, said=(*sample.said, *said)))
    return told


def digest_of_all(learn: Sequence[Sample]) -> str:
    return hashlib.sha256("\n".join(map(digest, learn)).encode()).hexdigest()


def tweets(data: Path, *, held_out: bool) -> Iterator[Sample]:
    for row in lines(data / "deid" / "names_tweets.jsonl"):
        if (int(hashlib.sha256(str(row["id"]).encode()).hexdigest(), 16) % 5 == 0) is held_out:
            yield from_row(row, "tweets", ("person",))


def tab(data: Path) -> Iterator[Sample]:
    for row in lines(data / "deid" / "tab.jsonl"):
        yield from_row(row, "tab", ("person", "strict"))


def from_row(row: dict, source: str, families: tuple[str, ...]) -> Sample:
    spans = [(s["start"], s["end"], s["label"]) for s in row["spans"] if s.get("must_mask", True)]
    free = [(s["start"], s["end"]) for s in row["spans"] if not s.get("must_mask", True)]
    return Sample(f"{source} {row['id']}", source, row["text"], tuple(spans), tuple(free), families=families)


def uk_texts() -> Iterator[Sample]:
    """The invented UK texts: those marked for this, the gate's, and the sample corpus with its key."""
    families = tuple(FAMILIES)
    for path in sorted((HERE / "deid_texts").glob("*.txt")):
        for row in marked_texts.read_marked(path):
            spans = tuple((s["start"], s["end"], s["label"]) for s in row["spans"])
            kept = tuple((s["start"], s["end"]) for s in row["negatives"])
            yield Sample(f"uk {row['id']}", "uk", row["text"], spans, (), kept, row["author"], families=families)
    for n, each in enumerate(read_marked(HERE.parent / "gates" / "deid_texts.txt")):
        yield Sample(f"uk gate {n}", "uk", each.text, each.spans, each.free, each.negatives, each.author,
                     families=families)  # fmt: skip
    for path in sorted((HERE.parent.parent / "corpora" / "back-to-work-sample" / "key").glob("*.jsonl")):
        for n, row in enumerate(lines(path)):
            details = [(d["start"], d["end"], d["label"]) for d in row.get("details", []) if d.get("must_mask", True)]
            free = [(d["start"], d["end"]) for d in row.get("details", []) if not d.get("must_mask", True)]
            if row["fate"] == "text":
                yield Sample(f"uk {path.stem} {n}", "uk", row["text"], tuple(details), tuple(free),
                             author=row.get("author"), families=families)  # fmt: skip


def plain_texts() -> Iterator[Sample]:
    """Invented excerpts that were written to be coded, not masked: hardly a name in them, much talk. Without minimal
    pairs, which say nearly the same twice."""
    texts = {row["text"] for path in plain_files() for row in lines(path) if row.get("note") != "pair"}
    for key, text in sorted((hashlib.sha256(text.encode()).hexdigest()[:12], text) for text in texts):
        yield Sample(
            f"plain {key}", "plain", text, (), families=("person", "place", "unit", "singled", "age", "address")
        )


def plain_files() -> list[Path]:
    return [*sorted(CODEBOOK.glob("labelled*.jsonl")), HERE / "risk_texts.jsonl"]


def fragments(sample: Sample) -> Iterator[Sample]:
    """A few words out of a text, as an answer to a survey may be: little around a word must not make it a name."""
    if sample.source not in {"uk", "plain"} or sample.manner not in {"as written", "other names"}:
        return
    words = words_of(sample.text)
    draw = random.Random(f"fragments {sample.key} {sample.manner}")
    for n in range(FRAGMENTS):
        length = draw.randint(*FRAGMENT_WORDS)
        first = draw.randrange(max(1, len(words) - length))
        inside = words[first : first + length]
        start, end = inside[0].start, inside[-1].end
        marks = [*sample.spans, *sample.free, *sample.kept]
        if any(mark[0] < edge < mark[1] for mark in marks for edge in (start, end)):
            continue
        text = sample.text[start:end]
        if draw.random() < 0.5:
            text = text[0].upper() + text[1:] if len(text[0].upper()) == 1 else text

        def moved(spans: Sequence[tuple], start: int = start, end: int = end) -> tuple:
            return tuple((a - start, b - start, *more) for a, b, *more in spans if a >= start and b <= end)

        yield replace(
            sample, text=text, spans=moved(sample.spans), free=moved(sample.free), kept=moved(sample.kept),
            author=None, manner=f"fragment {n}" if sample.manner == "as written" else f"fragment {n}, other names",
            counts=sample.counts / 4,
        )  # fmt: skip


def copies(sample: Sample) -> Iterator[Sample]:
    for count, manner, turned in zip(
        COUNTS[sample.source],
        ("as written", "small letters", "capitals"),
        (sample.text, sample.text.lower(), sample.text.upper()),
        strict=True,
    ):
        same = manner == "as written" or turned != sample.text
        if count and len(turned) == len(sample.text) and same:
            yield replace(sample, text=turned, manner=manner, counts=count)


def renamed(sample: Sample) -> Iterator[Sample]:
    """The copies of a UK text in which other people live in other places, so that what is learned is how names are
    said, not which. As written and in small letters."""
    if sample.source != "uk" or not any(label in {"PERSON", "LOCATION"} for _, _, label in sample.spans):
        return
    draw = random.Random(sample.key)
    others: dict[str, str] = {}
    text, at = "", 0
    spans: list[tuple[int, int, str]] = []
    edits: list[tuple[int, int]] = []  # the end of a name in the old text, and how far what follows has moved
    for start, end, label in sorted(sample.spans):
        words = sample.text[start:end]
        new = other_name(words, label, draw, others) if label in {"PERSON", "LOCATION"} else words
        text += sample.text[at:start] + new
        spans.append((len(text) - len(new), len(text), label))
        at = end
        edits.append((end, len(text) - end))
    text += sample.text[at:]

    def now(offset: int) -> int:
        return offset + next((moved for end, moved in reversed(edits) if end <= offset), 0)

    free, kept = (tuple((now(a), now(b)) for a, b in each) for each in (sample.free, sample.kept))
    copy = replace(
        sample, text=text, spans=tuple(spans), free=free, kept=kept, author=None, manner="other names", counts=2.0
    )
    yield copy
    if len(text.lower()) == len(text) and text.lower() != text:
        yield replace(copy, text=text.lower(), manner="other names, small letters", counts=1.0)


def other_name(words: str, label: str, draw: random.Random, others: dict[str, str]) -> str:
    """Another name in the place of one, written as that is; the same in all of a text. Titles and initials stay."""
    if label == "LOCATION":
        if words.casefold() not in places() or is_wide(words):
            return words
        if draw.random() < UNHEARD_OF:
            others.setdefault(words.casefold(), made_up(small_places(), draw))
        return written_as(others.setdefault(words.casefold(), draw.choice(in_order(small_places()))), words)

    def other(match: re.Match[str]) -> str:
        word = match.group()
        plain = word.casefold()
        if len(word) < 3 or plain in context("titles_only"):
            return word
        first = match.start() == 0
        kind = draw.random()
        if plain not in others and draw.random() < UNHEARD_OF:
            others[plain] = made_up(plain_names() if first else surnames(), draw)
        if plain in word_names():
            among = word_names()
        elif first:
            among = plain_names() if kind < 0.6 else more_given_names()
        else:
            among = surnames() if kind < 0.4 else more_surnames()
        return written_as(others.setdefault(plain, draw.choice(in_order(among))), word)

    return re.sub(r"[^\W\d_]+", other, words)


def made_up(like: frozenset[str], draw: random.Random) -> str:
    """The beginning of one name and the end of another: a name that no list holds, as many people's are."""
    among = [name for name in in_order(like) if name.isalpha() and len(name) > 3]
    while True:
        first, second = draw.choice(among), draw.choice(among)
        name = first[: draw.randint(2, len(first) - 1)] + second[-draw.randint(2, len(second) - 1) :]
        if 4 <= len(name) <= 11 and not is_listed(name):
            return name


def is_listed(name: str) -> bool:
    lists = (plain_names(), word_names(), surnames(), more_given_names(), more_surnames(), places(), ordinary_words())
    return any(name in each for each in lists)


def written_as(word: str, model: str) -> str:
    return word.upper() if model.isupper() else word.title() if model[0].isupper() else word


@cache
def in_order(names: frozenset[str]) -> list[str]:
    return sorted(names)


@cache
def small_places() -> frozenset[str]:
    return frozenset(name for name in places() if not is_wide(name))


def heard(learn: Sequence[Sample], scratch: Path | None) -> list[Sample]:
    """The samples with what the rules and spaCy say of all of each text."""
    store = scratch / "spacy.jsonl" if scratch else None
    known = {row["key"]: row["said"] for row in lines(store)} if store and store.exists() else {}
    new = [sample for sample in learn if digest(sample) not in known]
    documents = [document(sample) for sample in new]
    for first in range(0, len(documents), 500):
        lot = documents[first : first + 500]
        told = [
            {"key": digest(sample), "said": [[*f_row(f)] for f in answer]}
            for sample, answer in zip(
                new[first : first + 500], find_entities(lot, stretches_of=every_stretch), strict=True
            )
        ]
        known |= {row["key"]: row["said"] for row in told}
        if store:
            with store.open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(row) + "\n" for row in told)
    documents = [document(sample) for sample in learn]
    ruled = [RECOGNIZERS[name](documents) for name in VOTERS]
    return [
        replace(sample, said=(*(f for answer in ruled for f in answer[n]), *map(finding, known[digest(sample)])))
        for n, sample in enumerate(learn)
    ]


def asked_now(learn: Sequence[Sample], scratch: Path | None) -> list[Sample]:
    """As `heard`, with what our own tagger says as it ships: of texts that it never saw."""
    every = heard(learn, scratch)
    answers = find_with_own_tagger([document(sample) for sample in every], stretches_of=every_stretch)
    return [replace(sample, said=(*sample.said, *said)) for sample, said in zip(every, answers, strict=True)]


def f_row(f: Finding) -> tuple[int, int, str, float, str]:
    return f.span.start, f.span.end, f.label, f.score, f.recognizer


def finding(row: Sequence) -> Finding:
    start, end, label, score, recognizer = row
    return Finding(Span(start, end), label, IdentifierKind.DIRECT, score, recognizer)


def digest(sample: Sample) -> str:
    return hashlib.sha256(sample.text.encode()).hexdigest()


def document(sample: Sample) -> RawDocument:
    key = f"{sample.key} {sample.manner}"
    return RawDocument(
        SourceRef("training", ""), DocumentKind.COMMENT, sample.text, case_key=key, document_key=key, thread=key,
        author=sample.author,
    )  # fmt: skip


def every_stretch(text: str) -> list[Span]:
    """All of a text, in the stretches that taggers take."""
    stretches: list[Span] = []
    for sentence in sentences_of(text):
        if stretches and sentence.end - stretches[-1].start <= 480:
            stretches[-1] = Span(stretches[-1].start, sentence.end)
        else:
            stretches.append(sentence)
    return stretches


def folds_of(learn: Sequence[Sample]) -> list[int]:
    """The fold of each sample; the copies of a text are in the same one."""
    return [int(hashlib.sha256(f"fold {sample.key}".encode()).hexdigest(), 16) % FOLDS for sample in learn]


def lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
