"""Whether an account is a good or a bad one: counted words, turned round by denial, and its meaning."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from themes.code.denial import is_denied
from themes.code.phrase_vectors import phrase_vectors
from themes.code.wording import Word, words_of
from themes.embedding import Vectors, embed, per_encoder

_GOOD = """kind* kindness patient supportive support helped helpful helps help great good brilliant excellent amazing
wonderful fantastic lovely nice friendly warm* caring cared cares respect* listened listens understood understands
understanding understood encourag* trust trusted trusts honest fair easy easier clear clearly simple better best
improve* recover* happy happier glad grateful thank* thankful relief relieved confidence confident hope hopeful proud
pride enjoy* love loved loving likes liked suits suited perfect ideal comfortable safe safer welcoming useful
worthwhile valued equal thorough gentle calm* peaceful quiet success* succeeded won overturned right achieve*
accommodating flexible generous lifeline saved saviour blessing positive* pleased benefit thrive* thriving flew
empower* freedom free praise credit decent knew remembered noticed meaningful reliable settled stable worked""".split()
_BAD = """awful terrible horrible dreadful appalling disgust* bad badly worse worst poor useless pointless waste*
wasting rubbish joke farce shambles fail* failure failed unfair unjust cruel harsh rude nasty cold humiliat* degrad*
demean* patronis* condescend* bull* threat* scared scare* afraid fear* frighten* terrif* dread* panic* anxi* worry
worried worrying stress* distress* depress* suicid* overdos* ill iller sick relaps* breakdown crisis hospital* hurt*
harm* damag* pain* suffer* struggl* cry crying cried tears shak* exhaust* hate hated hates angry anger frustrat*
confus* complicated difficult hard impossible slow late delay* wait* waiting lost lose losing missing broken broke
refus* reject* denied deny turned ignor* dismiss* disbelie* forced force forcing made blackmail* mandat* sanction*
stopped cut cuts debt* hungry starv* evict* homeless worthless ashamed shame embarrass* guilty blame* lazy scroung*
lie liar lied lying wrong mistake* never nobody nothing none no without unable cannot cant couldnt lack lacking less
unsuitable random boring noisy crowded insecure sacked discriminat* alone isolated abandoned parked trapped stuck
upset upsetting trauma* nightmare torture hell punish* penal* excuse smirk* sneer* screamed shouted rushed
unwell poorer too risk barrier* problem* trouble* wary avoid* clueless ignoran* untrained irrelevant generic
shut closed joke mess""".split()
_PHRASES = (
    (re.compile(r"\bmade (?:all the|a (?:huge|big|real|lot of)) difference\b|\bworks? for me\b|\bmade for me\b"), 2),
    (re.compile(r"\b(?:at last|for once|finally|credit where)\b|\bto be fair\b|\bgets? it\b|\bthere for me\b"), 1),
    (re.compile(r"\b(?:my own pace|at my pace|asked (?:me )?what (?:i|we) (?:wanted|want|would))\b"), 2),
    (
        re.compile(r"\b(?:oh|how) (?:brilliant|great|lovely|joy|wonderful|good|useful)\b|\byet another\b|\blucky me\b"),
        -3,
    ),
    (re.compile(r"\b(?:thanks|thank you) for nothing\b|\bgood luck (?:with|getting)\b|\byeah right\b|\bas if\b"), -3),
    (re.compile(r"\bgave up\b|\bgive up\b|\bput me off\b|\bset (?:me|him|her) back\b|\bfed up\b|\bfell apart\b"), -2),
)
_WISH = re.compile(
    r"\b(?:i wish|if only|should(?: have|ve)?|ought to|need(?:s|ed)? (?:to|more|better|proper)|could do with"
    r"|would (?:like|love|have))\b"
)


def tone(text: str) -> tuple[int, int]:
    """How many words speak well and how many ill in a text, a denied one counting for the other side.

    What is wished for is not there: after "should have" or "need" good words count as neither.

    >>> tone("She was kind."), tone("She was not kind.")
    ((1, 0), (0, 1))
    """
    words = words_of(text)
    plain = " ".join(word.text for word in words)
    good = bad = 0
    wished = bool(_WISH.search(plain))
    for at, word in enumerate(words):
        if _listed(word.text, "good"):
            if is_denied(words, at) or _nobody_did(words, at):
                bad += 1
            elif not wished:
                good += 1
        elif _listed(word.text, "bad"):
            bad += 1
    for pattern, weight in _PHRASES:
        times = len(pattern.findall(plain))
        good += times * max(weight, 0)
        bad += times * max(-weight, 0)
    return good, bad


def _nobody_did(words: list[Word], at: int) -> bool:
    return any(
        word.text in {"nobody", "never", "nothing", "none", "cannot", "cant"} for word in words[max(0, at - 3) : at]
    )


@cache
def _listed(word: str, side: str) -> bool:
    whole, beginnings = _lists()[side]
    return word in whole or any(word.startswith(beginning) for beginning in beginnings)


@cache
def _lists() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    return {
        side: (
            frozenset(word for word in listed if not word.endswith("*")),
            tuple(word[:-1] for word in listed if word.endswith("*")),
        )
        for side, listed in (("good", _GOOD), ("bad", _BAD))
    }


def leaning(texts: Sequence[str]) -> NDArray[np.float64]:
    """How likely each text is a good account rather than a bad one, by words and meaning: shape (n_texts,), 0 to 1.

    Learned from invented accounts, `accounts.toml`. Of accounts from other themes of wording than it had
    learned from, about seven in ten fell on their side.
    """
    weights, constant = _leaning_weights()
    leanings: NDArray[np.float64] = 1 / (1 + np.exp(-(_told(texts, embed(texts)) @ weights + constant)))
    return leanings


_WORDS_LOUD = 0.3
"""How loud counted words are beside the vector; chosen by cross-validation over themes of wording."""


def _told(texts: Sequence[str], vectors: Vectors) -> NDArray[np.float64]:
    counted = np.array([tone(text) for text in texts], float).reshape(-1, 2)
    balance = (counted[:, :1] - counted[:, 1:]) / (1 + counted.sum(axis=1, keepdims=True))
    return np.hstack([vectors.astype(float), _WORDS_LOUD * np.log1p(counted), _WORDS_LOUD * balance])


@cache
def accounts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Invented accounts, good ones and bad ones."""
    listed = tomllib.loads(Path(__file__).with_name("accounts.toml").read_text(encoding="utf-8"))
    return tuple(listed["good"]), tuple(listed["bad"])


@per_encoder(maxsize=4)
def _leaning_weights() -> tuple[NDArray[np.float64], float]:
    from sklearn.linear_model import LogisticRegression

    good, bad = accounts()
    told = _told([*good, *bad], phrase_vectors([*good, *bad]))
    model = LogisticRegression(max_iter=2000, class_weight="balanced").fit(told, [1] * len(good) + [0] * len(bad))
    return model.coef_[0], float(model.intercept_[0])
