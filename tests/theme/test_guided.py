from builders import a_code, a_codebook, a_coding, a_segment, a_theme
from themes.records.theme import Membership, Theme, ThemeOrigin
from themes.theme.guided import guided_themes

CODEBOOK = a_codebook(
    a_code("job_fit", parent_id="D"),
    a_code("coercion", parent_id="A"),
    a_code("sanctions", parent_id="A"),
    groups={"A": "Compulsion", "D": "Work"},
)


def test_each_code_that_applies_is_a_theme_under_its_group():
    segments = [a_segment("d1:0-24", "They stopped my money twice."), a_segment("d2:0-24", "Made to go there or else.")]
    codings = [
        a_coding("d1:0-24", "sanctions", probability=0.9),
        a_coding("d2:0-24", "sanctions", probability=0.6),
        a_coding("d2:0-24", "coercion", probability=None),
    ]
    themes, memberships = guided_themes(CODEBOOK, segments, codings, run_id="run-1")
    assert themes == [
        Theme(
            theme_id="coercion",
            name="Coercion",
            summary="About coercion.",
            origin=ThemeOrigin.GUIDED,
            code_ids=("coercion",),
            exemplar_ids=("d2:0-24",),
            first_seen="run-1",
        ),
        Theme(
            theme_id="sanctions",
            name="Sanctions",
            summary="About sanctions.",
            origin=ThemeOrigin.GUIDED,
            code_ids=("sanctions",),
            exemplar_ids=("d1:0-24", "d2:0-24"),
            first_seen="run-1",
        ),
    ]
    assert memberships == [
        Membership("d2:0-24", "coercion", 1.0),
        Membership("d1:0-24", "sanctions", 0.9),
        Membership("d2:0-24", "sanctions", 0.6),
    ]


def test_codings_of_other_texts_take_no_part():
    codings = [a_coding("d1:0-15"), a_coding("d2:0-15")]
    themes, memberships = guided_themes(CODEBOOK, [a_segment("d2:0-15")], codings, run_id="run-1")
    assert [theme.exemplar_ids for theme in themes] == [("d2:0-15",)]
    assert memberships == [Membership("d2:0-15", "sanctions", 0.8)]


def test_a_flagged_excerpt_belongs_to_a_theme_but_does_not_show_it():
    themes, memberships = guided_themes(
        CODEBOOK, [a_segment("d1:0-15")], [a_coding("d1:0-15")], withheld={"d1:0-15"}, run_id="run-1"
    )
    assert [theme.exemplar_ids for theme in themes] == [()]
    assert memberships == [Membership("d1:0-15", "sanctions", 0.8)]


def test_a_theme_seen_before_says_which_run_saw_it_first():
    earlier = [a_theme("sanctions", first_seen="run-1")]
    themes, _ = guided_themes(CODEBOOK, [a_segment("d1:0-15")], [a_coding("d1:0-15")], run_id="run-2", earlier=earlier)
    assert [theme.first_seen for theme in themes] == ["run-1"]


def test_a_theme_shows_words_that_three_people_use_more_than_others_do():
    segments = [a_segment(f"d{n}:0-9", f"My payment stopped{' oddly' * (n == 1)}.") for n in range(1, 4)]
    segments += [a_segment(f"d{n}:0-9", "My adviser listened.") for n in range(4, 7)]
    codings = [a_coding(f"d{n}:0-9") for n in range(1, 4)]
    themes, _ = guided_themes(CODEBOOK, segments, codings, run_id="run-1")
    assert [theme.words for theme in themes] == [("payment", "stopped")]
