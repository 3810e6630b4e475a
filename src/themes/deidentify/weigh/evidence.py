"""What speaks for and against each word being part of a name: bundles of features, each bundle remembered.

A word is heard through its form, its neighbours' forms, the pairs it makes with them, the style of the text, what the
rules say of it, and, where they were asked, the taggers. Each of these is a bundle of features that comes back often,
so that a bundle's weights are added up once. Training and use take the same bundles from here.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.weigh.forms import (
    END,
    REACH,
    START,
    Form,
    cell,
    forms_of,
    frame_feature,
    known,
    pair_features,
    style_features,
    style_of,
)
from themes.deidentify.weigh.own_votes import OWN_TAGGER, family_features, person_features, steps_told
from themes.deidentify.wording.words import KeptPlace, Word, kept_places, within, words_of
from themes.records.privacy import Finding

TAGGERS = frozenset({"spacy", OWN_TAGGER})
RULES = frozenset({"given-name", "word-name", "name-context", "name-hint", "place", "place-name", "unit"})
"""The voters that are heard. Any other is believed, or has a form of its own to stand by."""

type Bundle = tuple[str, tuple[Hashable, ...]]
type Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Look:
    """A text as the weights see it. `forms`, `kept`: one per word."""

    text: str
    words: Sequence[Word]
    forms: list[Form]
    kept: list[str]
    """The group of keep.toml a word belongs to, "+s" for one surname that everybody knows; empty for most."""
    style: str

    @cached_property
    def gaps(self) -> list[str]:
        """What stands before the first word, between each and the next, and after the last, shortened."""
        between = [self.text[one.end : other.start] for one, other in pairwise(self.words)]
        return ["|", *(gap if len(gap) < 4 else f"{gap[:2]}~{gap[-1]}" for gap in between), "|"]


@lru_cache(maxsize=2048)
def look(text: str) -> Look:
    """Read a text once for everybody who weighs it."""
    words = words_of(text)
    kept = [""] * len(words)
    for place in kept_places(text):
        for i in within(words, place.span):
            kept[i] = place.group + ("+s" if _outweighed(place) else "")
    return Look(text, words, forms_of(text, words), kept, style_of(text, words))


def _outweighed(place: KeptPlace) -> bool:
    return place.short


def text_bundles(seen: Look) -> Iterator[list[Bundle]]:
    """For each word, the bundles that its text alone gives, always the same number of them."""
    forms = [START] * REACH + seen.forms + [END] * REACH
    for i, form in enumerate(seen.forms):
        at = i + REACH
        before, after = seen.gaps[i : i + 2]
        far, near, next_, beyond = (_word(forms[at + k]) for k in (-2, -1, 1, 2))
        yield [
            ("own", (form,)),
            *(("near", (forms[at + k], k)) for k in range(-REACH, REACH + 1) if k),
            ("pair", (forms[at - 1], before, form, False)),
            ("pair", (form, after, forms[at + 1], True)),
            ("style", (form.plain, form.shape, form.opens, seen.style)),
            ("frame", ("before", far, near, "")),
            ("frame", ("after", next_, beyond, "")),
            ("frame", ("around", near, next_, "")),
            ("frame", ("around", near, next_, form.shape)),
        ]


def _word(form: Form) -> str:
    return known(form.plain) or form.shape


def votes_of(seen: Look, findings: Iterable[Finding]) -> list[dict[str, float]]:
    """For each word, the best score of each voter that holds it to be something, as "voter label", persons "voter"."""
    votes: list[dict[str, float]] = [{} for _ in seen.words]
    for finding in findings:
        name = finding.recognizer if finding.label == "PERSON" else f"{finding.recognizer} {finding.label}"
        for n, i in enumerate(within(seen.words, finding.span)):
            votes[i][name] = max(votes[i].get(name, 0.0), finding.score)
            if finding.recognizer == "spacy" and n:
                votes[i]["spacy inside"] = 1.0
    return votes


def rule_bundles(seen: Look, votes: Sequence[dict[str, float]]) -> Iterator[list[Bundle]]:
    """For each word, the bundle of what the rules say of it."""
    for form, kept, vote in zip(seen.forms, seen.kept, votes, strict=True):
        ruled = [(name, score) for name, score in vote.items() if name.split()[0] in RULES] if vote else []
        said = tuple(sorted(ruled))
        yield [("rules", (said, form.shape, cell(form.plain), kept, seen.style))]


def tagger_bundles(
    seen: Look, votes: Sequence[dict[str, float]], asked: Iterable[int] | None = None
) -> Iterator[list[Bundle]]:
    """For each word, or those asked about, the bundle of what the taggers say of it and of its neighbours."""
    spacy = ["", *(_spacy(vote) for vote in votes), ""]
    own = [steps_told(vote) for vote in ({}, *votes, {})]
    for i in range(len(seen.forms)) if asked is None else asked:
        form, lists = seen.forms[i], cell(seen.forms[i].plain)
        ruled = any("name" in name for name in votes[i])
        yield [
            ("tags", (spacy[i], spacy[i + 1], spacy[i + 2], own[i + 1][0], form.shape, lists, ruled, seen.style)),
            ("own person", (own[i][0], own[i + 1][0], own[i + 2][0], form.shape, lists, ruled, seen.style)),
            ("own families", (form.shape, *own[i + 1])),
        ]  # fmt: skip


def _spacy(vote: dict[str, float]) -> str:
    for label in ("", " LOCATION", " ORG"):
        if f"spacy{label}" in vote:
            return (label.strip() or "PERSON") + ("+" if "spacy inside" in vote else "")
    return ""


def _pair(first: Form, gap: str, second: Form, about_first: bool) -> Iterator[str]:
    return pair_features(first, gap, second, about_first=about_first)


def _style(plain: str, shape: str, opens: bool, style: str) -> Iterator[str]:
    return style_features(Form(plain, plain, shape, opens), style)


def _frame(side: str, first: str, second: str, shape: str) -> Iterator[str]:
    yield frame_feature(side, first, second, shape)


def _rules(said: tuple[tuple[str, float], ...], shape: str, lists: str, kept: str, style: str) -> Iterator[str]:
    names = " ".join(name for name, _ in said)
    yield f"rules {names}"
    yield f"rules {names} {shape}"
    yield f"rules {names} {shape} {style}"
    yield f"kept {kept}"
    yield f"kept {kept} {names}"
    for name, score in said:
        yield f"rule {name}"
        yield f"rule {name} {score}"
        yield f"rule {name} {shape}"
        yield f"rule {name} {lists}"


def _tags(last: str, here: str, next_: str, own: int, shape: str, lists: str, ruled: bool, style: str) -> Iterator[str]:
    plain = here.rstrip("+")
    yield f"spacy {here}"
    yield f"spacy {here} {shape}"
    yield f"spacy {plain} {lists}"
    yield f"spacy {plain} {shape} {lists}"
    yield f"spacy {last} {here} {next_}"
    yield f"spacy {plain} {style}"
    yield f"both {own} {plain}"
    yield f"both {own} {plain} {shape}"
    yield f"both {own} {plain} {shape} {ruled}"
    yield f"both {own} {plain} {ruled}"


SPELLED: dict[str, Callable[..., Iterator[str]]] = {
    "pair": _pair, "style": _style, "frame": _frame, "rules": _rules, "tags": _tags,
    "own person": person_features, "own families": family_features,
}  # fmt: skip
