"""BERTopic, the host: its c-TF-IDF says which terms tell a theme from the others. Groups are handed to it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes.records.segment import Segment
from themes.theme.groups import FEWEST_CASES
from themes.theme.keywords import cases_by_term, terms_of

_RANKED_TERMS = 60


def ranked_terms(
    segments: Sequence[Segment], vectors: NDArray[np.float32], theme_of: Sequence[str | None]
) -> dict[str, list[str]]:
    """The terms of each theme, the most telling first, by BERTopic's c-TF-IDF over the themes we hand it."""
    shared = sorted(term for term, cases in cases_by_term(segments).items() if len(cases) >= FEWEST_CASES)
    found = sorted({theme_id for theme_id in theme_of if theme_id is not None})
    if len(shared) < 2:  # BERTopic's c-TF-IDF cannot be made of a single term, and one alone needs no rank
        return {theme_id: list(shared) for theme_id in found}

    from bertopic import BERTopic
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    labels = [found.index(theme_id) if theme_id is not None else -1 for theme_id in theme_of]
    host = BERTopic(
        embedding_model=None,
        umap_model=_AsGiven(),
        hdbscan_model=_Assigned(labels),
        vectorizer_model=CountVectorizer(analyzer=_taken_apart, vocabulary=shared),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        top_n_words=_RANKED_TERMS,
        language="multilingual",  # else it takes out letters that English does not have, and names with them
    )
    # It gets terms, not texts: it strings the texts of a topic together, and two of them must not make up a phrase.
    host.fit_transform(["|".join(terms_of(segment.text)) + "|" for segment in segments], vectors)
    # BERTopic numbers its topics by size; any member tells which is which.
    topic_of = dict(zip(labels, host.topics_, strict=True))
    return {
        theme_id: [str(term) for term, score in host.get_topic(topic_of[label]) if term and score > 0]
        for label, theme_id in enumerate(found)
    }


def _taken_apart(terms: str) -> list[str]:
    return [term.strip() for term in terms.split("|") if term.strip()]


class _AsGiven:
    """BERTopic's place for UMAP: vectors are reduced where groups are found."""

    def fit(self, vectors: NDArray[np.float32], y: Any = None) -> "_AsGiven":
        return self

    def transform(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return vectors


class _Assigned:
    """BERTopic's place for HDBSCAN: the groups that `theme.groups` found; -1 is unclear."""

    def __init__(self, labels: list[int]) -> None:
        self.labels_ = labels

    def fit(self, vectors: NDArray[np.float32], y: Any = None) -> "_Assigned":
        return self
