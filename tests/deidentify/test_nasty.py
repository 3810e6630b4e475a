"""A thousand nasty strings through all of de-identification: zero-width, NFD, right to left, entities, long words."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.formatted_ids import identifiers
from builders import a_raw_document
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.document import Deidentified, deidentify
from themes.deidentify.replace.surrogate_form import surrogate_pattern
from themes.deidentify.vault.vault import Vault
from themes.records.spec import CorpusSpec

FORMATS = {name: RECOGNIZERS[name] for name in ("patterns", "births", "addresses", "dates")}
PIECES = st.sampled_from(
    [
        "Karen", "karen's", "KAREN", "My adviser", "mark", "at Ingeus Leeds", "Haworth", "DWP", "07700 900456",
        "wren@example.com", "QQ 12 34 56 C", "born 3/5/1971", "on 3 May 2014", "I'm 47", "Regards,\n", "14 Elm Street",
        "LS1 4AP", "sort code 20-45-45", "oh seven seven oh oh nine", "my username is quietbadger", "twitter", "ward 7",
        "e\u0301", "K\u0301aren", "Ka\u200bren", "ka\u00adren", "\u200b", "\u200d", "\u2060", "\ufeff", "\u202e",
        "\u202d", "İ", "ß", "ﬁ", "½", "²", "①", "𝐊𝐚𝐫𝐞𝐧", "﷽", "👍🏽", "👩‍👩‍👧",
        "٤٧", "王伟", "&amp;", "&#75;aren", "&lt;b&gt;",
        "\x00", "\u2028", "\u00a0", "\r\n", "[person K7QX2]", "[date: May 2014]", "[", "]", "(", "@", "www.", "x" * 60,
        "1 2 3 4 5 6 7 8 9 0", *(sample.text for sample in identifiers(8, 60)),
    ]
)  # fmt: skip
DETAILS = st.sampled_from(
    [
        *(sample.text[sample.parts[0][0] : sample.parts[-1][1]] for sample in identifiers(9, 120)),
        "Dr Singh", "O'Brien-Smith", "St Hilda's", "my wife Priya", "Mr. Patel", "Grace", "hope", "J.K.", "the Smiths",
        "the only deaf woman in the office", "Leeds General Infirmary", "Hull", "Mytholmroyd", "West Yorkshire",
        "£14,754", "since 2009", "for 6 years", "47M", "a 47 year old", "born in 1971", "u/quiet_badger", "@wren_82",
        "http://example.com/karen", "wren at example dot com", "192.168.0.12", "Royal Oak", "Kurdish", "Mrs", "said",
        "Kind regards,\nQuilliam", "the mayor of Haworth", "[person K7QX2M]", "[age 40–49]", "Karen", "karens",
    ]
)  # fmt: skip
BETWEEN = st.sampled_from(
    [
        "", "", "", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u0301", "&amp;", "&nbsp;", "&#39;",
        "&#x200b;", "a", "z", "I", "O", "x", "é", "7", "0", "12", "²", "-", ".", ",", "'", "’s", "_", "/", "@", "+",
        "£", "(", ")", "[", "]", ":", ";", "\n", " ",
    ]
)  # fmt: skip
APART = st.lists(PIECES, min_size=1, max_size=14).map(" ".join)
GLUED = st.lists(PIECES, min_size=1, max_size=10).map("".join)
STUCK = st.lists(st.tuples(BETWEEN, DETAILS).map("".join), min_size=1, max_size=9).map("".join)
NASTY = st.one_of(APART, GLUED, STUCK, st.text(min_size=1, max_size=120))
ANY_FIXTURE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def masked(texts: list[str], spec: CorpusSpec, vault: Vault, **options) -> Deidentified:
    raw = [a_raw_document(t, document_key=str(n), thread=str(n), case_key=str(n)) for n, t in enumerate(texts)]
    return deidentify(raw, spec=spec, vault=vault, **options)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=ANY_FIXTURE)
@given(texts=st.lists(NASTY, min_size=25, max_size=25))
def test_nothing_comes_out_but_the_text_and_surrogates(spec: CorpusSpec, vault: Vault, texts: list[str]) -> None:
    result = masked(texts, spec, vault)
    assert len(result.documents) + len(result.quarantined) == 25
    given_texts = {vault.keyed_id("document", str(n)): text for n, text in enumerate(texts)}
    for document in result.documents:
        before, spans = given_texts[document.document_id], [r.span for r in document.replacements]
        assert all(0 <= span.start < span.end <= len(before) for span in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
        rebuilt, at = "", 0
        for replacement in document.replacements:
            assert surrogate_pattern().fullmatch(replacement.surrogate)
            rebuilt += before[at : replacement.span.start] + replacement.surrogate
            at = replacement.span.end
        assert rebuilt + before[at:] == document.text


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=ANY_FIXTURE)
@given(texts=st.lists(st.one_of(GLUED, STUCK), min_size=25, max_size=25))
def test_masking_what_is_masked_changes_nothing(spec: CorpusSpec, vault: Vault, texts: list[str]) -> None:
    once = [document.text for document in masked(texts, spec, vault).documents]
    assert [document.text for document in masked(once, spec, vault).documents] == once


def test_a_name_that_only_a_mask_sets_free_is_masked_too(spec: CorpusSpec, vault: Vault) -> None:
    once = masked(["14 Elm StreetPriya Nair told me", "the14/05/1971Karen told me"], spec, vault)
    first, second = (document.text for document in once.documents)
    assert first.startswith("[address][") and first.endswith("] told me")
    assert "Priya" not in first and "Nair" not in first
    assert second == f"the[date: May 1971]{vault.surrogate('person', 'person', 'karen')} told me"
    assert [document.text for document in masked([first, second], spec, vault).documents] == [first, second]


@settings(max_examples=40, deadline=None, suppress_health_check=ANY_FIXTURE)
@given(texts=st.lists(APART, min_size=25, max_size=25))
def test_the_rules_for_formats_change_nothing_the_second_time(spec: CorpusSpec, vault: Vault, texts: list[str]) -> None:
    once = [d.text for d in masked(texts, spec, vault, recognizers=FORMATS).documents]
    twice = [d.text for d in masked(once, spec, vault, recognizers=FORMATS).documents]
    assert twice == once


@pytest.mark.parametrize(
    "text",
    ["x" * 200_000, "Karen" * 40_000, "07700 900456" * 16_000, "\u200b" * 200_000],
    ids=["a letter", "a name", "a number", "nothing"],
)
def test_a_word_of_200_000_letters_is_done_or_kept_out(spec: CorpusSpec, vault: Vault, text: str) -> None:
    result = masked([text, "My adviser Karen rang."], spec, vault)
    assert "Karen rang" not in result.documents[-1].text
    assert len(result.documents) + len(result.quarantined) == 2


def test_half_a_character_is_kept_out_with_a_reason(spec: CorpusSpec, vault: Vault) -> None:
    result = masked(["Ask Karen \ud800 now", "My adviser Karen rang."], spec, vault)
    assert len(result.documents) == 1
    assert "A recogniser failed on this text (UnicodeEncodeError)" in result.quarantined[0].reason
