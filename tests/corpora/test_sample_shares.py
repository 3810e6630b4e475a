"""Shares of the sample corpus, from people drawn by chance and reviewed by its key, against all that the key says."""

import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from one_run import run_once
from reviewers import draw, review
from sample_key import codes_by_key
from themes.deidentify.vault.vault import Vault
from themes.records.corpus import Document, DocumentKind
from themes.records.estimate import Prevalence
from themes.store.run_folder import RunFolder

pytestmark = [pytest.mark.prefect, pytest.mark.long, pytest.mark.xdist_group("prefect")]


def true_shares(run: Path, said) -> dict[str, float]:
    """Of all cases by the key; a copy has the codes of the text it repeats."""
    by_document = defaultdict(set)
    for segment_id, codes in said.items():
        by_document[segment_id.rpartition(":")[0]] |= codes
    of_case: dict[str, set[str]] = {}
    for document in RunFolder(run).read(Document):
        if document.kind is not DocumentKind.ARTICLE:
            own = by_document[document.duplicate_of or document.document_id]
            of_case.setdefault(document.case_id, set()).update(own)
    codes = {code_id for each in of_case.values() for code_id in each}
    return {code_id: sum(code_id in each for each in of_case.values()) / len(of_case) for code_id in codes}


@pytest.fixture(scope="module")
def estimated(sample_run, tmp_path_factory):
    """The run after a third of the people were reviewed, and the true shares."""
    run, corpus, private = sample_run
    outputs = tmp_path_factory.mktemp("shares-outputs")
    first = outputs / corpus.name / run.name
    shutil.copytree(run, first)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in private.items():
            patch.setenv(name, value)
        vault = Vault.open(corpus)
        said = codes_by_key(first, corpus, vault)
        vault.close()
        sample = draw(first, corpus, cases=60)
        review(first, sample, lambda segment: said.get(segment.segment_id, ()), at="2026-01-05T09:00:00+00:00")
        second = run_once(corpus, outputs, "2026-01-06T06:00:00+00:00")
    return second, true_shares(first, said)


def test_intervals_hold_the_true_shares(estimated):
    run, true = estimated
    rows = {
        p.theme_id: p
        for p in RunFolder(run).read(Prevalence)
        if p.theme_id in true and "unchecked" not in p.method and not (p.group or p.question or p.period)
    }
    assert set(rows) == set(true)
    held = [theme_id for theme_id, p in rows.items() if p.low <= true[theme_id] <= p.high]
    print(f"sample corpus: {len(held)} of {len(rows)} intervals hold the true share")
    assert len(held) >= 16  # of 18; fewer would be seen in one draw of a hundred
    assert max(p.high - p.low for p in rows.values()) < 0.3


def test_the_report_says_them_in_plain_words_with_links_to_the_excerpts(estimated):
    page = (estimated[0] / "report" / "index.html").read_text(encoding="utf-8")
    assert "in 10 people, between" in page
    section = page[page.index('<section id="shares"') : page.index('<section id="sides"')]
    everybody = section.partition("Who speaks of it more")[0]
    assert everybody.count('<a href="#theme-') == 18
    assert 'role="img" aria-label="Of 100 people who wrote' in section
    assert "Number of people in whose texts each theme was suggested" not in page
