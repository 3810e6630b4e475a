import random
import re
from dataclasses import replace

import numpy as np
import pytest

from planted_vectors import SUBJECTS, planted, texts_about
from themes.errors import StoreError
from themes.records.theme import ThemeOrigin
from themes.theme.emergent import Emergent, emergent_themes
from themes.theme.identity import rename

VECTORS, SUBJECT = planted([44, 32, 26, 18])
SEGMENTS = texts_about(SUBJECT)


@pytest.fixture(scope="module")
def found():
    return emergent_themes(SEGMENTS, VECTORS, seed=1, run_id="run-1")


def themes_of(emergent):
    return {m.segment_id: m.theme_id for m in emergent.memberships}


def test_a_theme_has_the_texts_words_and_name_of_its_subject(found):
    subject_of = {s.segment_id: SUBJECTS[group] for s, group in zip(SEGMENTS, SUBJECT, strict=True)}
    assert [theme.name for theme in found.themes] == ["Letters", "Money", "Placement", "Phone"]
    for theme in found.themes:
        assert theme.words == (theme.name.lower(),)
        assert theme.summary == f"Words often used here: {theme.name.lower()}."
        assert theme.origin is ThemeOrigin.EMERGENT
        assert theme.first_seen == "run-1"
        assert {subject_of[i] for i, t in themes_of(found).items() if t == theme.theme_id} == {theme.name.lower()}


def test_ids_are_short_and_readable(found):
    assert all(len(theme.theme_id) == 6 and theme.theme_id.startswith("t-") for theme in found.themes)


def test_what_has_no_membership_is_unclear_and_that_is_little(found):
    assert 0.85 * len(SEGMENTS) <= len(found.memberships) <= len(SEGMENTS)
    assert all(0 <= m.weight <= 1 for m in found.memberships)


def test_order_changes_nothing(found):
    rows = list(range(len(SEGMENTS)))
    random.Random(7).shuffle(rows)
    again = emergent_themes([SEGMENTS[row] for row in rows], VECTORS[rows], seed=1, run_id="run-1")
    assert again.themes == found.themes
    assert again.memberships == found.memberships


def test_forty_nine_excerpts_are_too_few_and_it_says_so():
    emergent = emergent_themes(SEGMENTS[:49], VECTORS[:49], seed=1, run_id="run-1")
    assert emergent.themes == emergent.memberships == []
    assert emergent.registry is None
    assert emergent.note == (
        "Too few for themes: 49 excerpts by 49 people. Patterns that hold need at least 50 excerpts by 3 people; "
        "read the texts themselves."
    )


def test_none_at_all_are_too_few():
    emergent = emergent_themes([], np.empty((0, 48), np.float32), seed=1, run_id="run-1")
    assert emergent.note.startswith("Too few for themes: 0 excerpts by 0 people.")


def test_one_by_one_person_is_told_in_the_singular():
    emergent = emergent_themes(SEGMENTS[:1], VECTORS[:1], seed=1, run_id="run-1")
    assert emergent.note.startswith("Too few for themes: 1 excerpt by 1 person. Patterns that hold need")


def test_two_talkative_people_are_too_few():
    segments = [replace(s, case_id=f"c{n % 2}") for n, s in enumerate(SEGMENTS)]
    emergent = emergent_themes(segments, VECTORS, seed=1, run_id="run-1")
    assert emergent.note.startswith("Too few for themes: 120 excerpts by 2 people.")


def test_too_few_leave_what_is_known_as_it_was(found):
    assert (
        emergent_themes(SEGMENTS[:5], VECTORS[:5], seed=1, known=found.registry, run_id="r").registry is found.registry
    )


def test_themes_keep_ids_and_names_when_the_corpus_grows():
    early = [row for row in range(len(SEGMENTS)) if row % 5 < 3]
    before = emergent_themes([SEGMENTS[row] for row in early], VECTORS[early], seed=1, run_id="run-1")
    after = emergent_themes(SEGMENTS, VECTORS, seed=1, known=before.registry, run_id="run-2")
    assert {(t.theme_id, t.name, t.first_seen) for t in after.themes} == {
        (t.theme_id, t.name, "run-1") for t in before.themes
    }
    then, now = themes_of(before), themes_of(after)
    assert sum(now.get(i) == theme_id for i, theme_id in then.items()) / len(then) >= 0.97


def test_texts_are_known_by_what_they_mean_not_by_their_ids(found):
    renumbered = [replace(s, segment_id=f"x{n:04d}:0-30") for n, s in enumerate(SEGMENTS)]
    again = emergent_themes(renumbered, VECTORS, seed=1, known=found.registry, run_id="run-2")
    assert [(t.theme_id, t.name) for t in again.themes] == [(t.theme_id, t.name) for t in found.themes]
    swapped = emergent_themes(SEGMENTS, VECTORS[::-1], seed=1, known=found.registry, run_id="run-2")
    assert themes_of(swapped) != themes_of(found)


def test_a_new_subject_gets_a_theme_first_seen_by_that_run(found):
    vectors, group = planted([0, 0, 0, 0, 40], seed=3)
    new = texts_about(group, first=500)
    later = emergent_themes(
        [*SEGMENTS, *new], np.vstack([VECTORS, vectors]), seed=1, known=found.registry, run_id="run-2"
    )
    assert {t.theme_id: t.name for t in found.themes}.items() <= {t.theme_id: t.name for t in later.themes}.items()
    assert [(t.name, t.first_seen) for t in later.themes if t.first_seen != "run-1"] == [("Travel", "run-2")]


def test_an_analysts_name_lasts_through_a_run_in_which_nobody_speaks_of_it(found):
    lost = found.themes[-1].theme_id
    named = rename(found.registry, lost, "Hours on hold", by="an analyst")
    without = [row for row in range(len(SEGMENTS)) if SUBJECT[row] != 3]
    meanwhile = emergent_themes([SEGMENTS[row] for row in without], VECTORS[without], seed=1, known=named, run_id="r2")
    assert lost not in {theme.theme_id for theme in meanwhile.themes}
    again = emergent_themes(SEGMENTS, VECTORS, seed=1, known=meanwhile.registry, run_id="run-3")
    assert [theme.name for theme in again.themes if theme.theme_id == lost] == ["Hours on hold"]


def test_one_exemplar_per_case_and_none_that_is_withheld():
    talkative = [replace(s, case_id="c-one" if n % 2 else s.case_id) for n, s in enumerate(SEGMENTS)]
    withheld = {s.segment_id for n, s in enumerate(talkative) if n % 4 == 0}
    emergent = emergent_themes(talkative, VECTORS, seed=1, run_id="run-1", withheld=withheld)
    case_of = {s.segment_id: s.case_id for s in talkative}
    for theme in emergent.themes:
        cases = [case_of[segment_id] for segment_id in theme.exemplar_ids]
        assert len(cases) == len(set(cases)) > 2
        assert withheld.isdisjoint(theme.exemplar_ids)


def test_surrogates_and_words_of_two_people_are_no_words_of_a_theme():
    told = [
        replace(s, text=s.text + " [adviser K7QX2] rang Smithfield." if n < 2 else s.text + " [adviser K7QX2] rang.")
        for n, s in enumerate(SEGMENTS)
    ]
    emergent = emergent_themes(told, VECTORS, seed=1, run_id="run-1")
    said = {word for theme in emergent.themes for word in (*theme.words, *theme.name.lower().split())}
    assert said.isdisjoint({"adviser", "k7qx2", "smithfield"})
    assert "letters" in said


def test_a_theme_of_few_texts_is_named_by_a_word_in_all_its_forms():
    said = iter(["She called.", "He called.", "It calls.", "A call.", "On calling."])
    told = [replace(s, text=next(said, "So it was.")) if "phone" in s.text else s for s in SEGMENTS]
    emergent = emergent_themes(told, VECTORS, seed=1, run_id="run-1")
    assert [t.name for t in emergent.themes] == ["Letters", "Money", "Placement", "Called"]


def test_without_shared_words_a_theme_goes_by_its_id():
    silent = [replace(s, text="[adviser K7QX2]") for s in SEGMENTS]
    emergent = emergent_themes(silent, VECTORS, seed=1, run_id="run-1")
    assert [t.name for t in emergent.themes] == [f"Unnamed theme {t.theme_id[2:]}" for t in emergent.themes]
    assert {(t.words, t.summary) for t in emergent.themes} == {((), "Its texts share no telling words.")}
    named = emergent_themes(SEGMENTS, VECTORS, seed=1, known=emergent.registry, run_id="run-2")
    assert [t.name for t in named.themes] == ["Letters", "Money", "Placement", "Phone"]


def test_a_theme_whose_texts_share_no_words_is_named_by_its_typical_ones_with_words_that_others_use_too(found):
    """Two texts of the first theme have a word in common, which three people of other themes use."""
    first = found.themes[0].theme_id
    inside = [m.segment_id for m in found.memberships if m.theme_id == first]
    outside = [s.segment_id for s in SEGMENTS if s.segment_id not in inside]
    own = {
        segment_id: "".join(chr(97 + int(figure)) for figure in f"{n // 2:04}") for n, segment_id in enumerate(inside)
    }
    by_others = dict(zip(outside, [word for word in sorted(set(own.values())) for _ in range(3)], strict=False))
    told = [
        replace(
            s, text=f"{own[s.segment_id]}." if s.segment_id in own else f"{s.text} {by_others.get(s.segment_id, '')}"
        )
        for s in SEGMENTS
    ]
    (theme,) = (t for t in emergent_themes(told, VECTORS, seed=1, run_id="run-1").themes if t.theme_id == first)
    assert theme.words == ()
    assert {word.lower() for word in re.findall(r"\w+", theme.name)} - {"and"} <= set(by_others.values())


def test_a_registry_from_another_encoder_is_refused(found):
    with pytest.raises(StoreError, match="an encoder with 48 dimensions, this one has 47"):
        emergent_themes(SEGMENTS, VECTORS[:, :47], seed=1, known=found.registry, run_id="run-2")


def test_texts_of_a_merged_theme_count_where_it_went(found):
    from themes.theme.merge import merge

    first, second = found.themes[0].theme_id, found.themes[1].theme_id
    merged = emergent_themes(SEGMENTS, VECTORS, seed=1, known=merge(found.registry, second, into=first), run_id="run-2")
    before, now = themes_of(found), themes_of(merged)
    assert now == {i: first if theme_id == second else theme_id for i, theme_id in before.items()}


def test_seeds_give_other_ids_but_the_same_themes(found):
    other = emergent_themes(SEGMENTS, VECTORS, seed=2, run_id="run-1")
    assert isinstance(other, Emergent)
    assert [t.name for t in other.themes] == [t.name for t in found.themes]
    assert {t.theme_id for t in other.themes}.isdisjoint(t.theme_id for t in found.themes)


def test_what_holds_no_word_is_unclear_and_does_not_count():
    silent = [replace(s, text=("", " \n", "…", "🙏")[n % 4]) for n, s in enumerate(SEGMENTS)]
    emergent = emergent_themes([*SEGMENTS[:49], *silent[49:]], VECTORS, seed=1, run_id="run-1")
    assert emergent.note.startswith("Too few for themes: 49 excerpts by 49 people.")
    mixed = emergent_themes([*SEGMENTS[:100], *silent[100:]], VECTORS, seed=1, run_id="run-1")
    assert {m.segment_id for m in mixed.memberships} <= {s.segment_id for s in SEGMENTS[:100]}
    assert len(mixed.memberships) > 85


def test_a_single_word_in_all_texts_is_enough_to_go_on_with():
    emergent = emergent_themes([replace(s, text="Letters.") for s in SEGMENTS], VECTORS, seed=1, run_id="run-1")
    assert len(emergent.themes) == 4
