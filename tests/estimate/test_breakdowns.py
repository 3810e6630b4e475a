from builders import a_case, a_code, a_codebook, a_coding, a_document, a_segment, a_theme
from themes.estimate.breakdowns import EVERYONE, count_breakdowns
from themes.records.codebook import Claim, Question
from themes.records.corpus import DocumentKind
from themes.records.theme import Membership, ThemeOrigin

CODEBOOK = a_codebook(
    a_code("sanctions", questions=("RQ2",)),
    a_code("coercion", questions=("RQ2",)),
    questions=(Question("RQ2", "Does it?", claims=(Claim("harm", "It harms.", {("sanctions", "negative"): "for"}),)),),
)  # fmt: skip
THEMES = (
    a_theme("sanctions"),
    a_theme("coercion"),
    a_theme("e1", origin=ThemeOrigin.EMERGENT, code_ids=()),
)


def counts():
    documents = (
        a_document("d1", case_id="ann", kind=DocumentKind.COMMENT, speaker="claimant"),
        a_document("d2", case_id="ann", kind=DocumentKind.COMMENT, written="2013-05", speaker="claimant"),
        a_document("d3", case_id="bob", kind=DocumentKind.STORY, written=None),
        a_document("d4", case_id="cy", kind=DocumentKind.STORY, written=None, duplicate_of="d3"),
        a_document("d5", case_id="", kind=DocumentKind.ARTICLE, written="2011-01"),
    )
    segments = [a_segment(f"d{n}:0-15") for n in (1, 2, 3, 5)]
    codings = [
        a_coding("d1:0-15", "sanctions", polarity="negative"),
        a_coding("d2:0-15", "sanctions", polarity="positive"),
        a_coding("d3:0-15", "sanctions", polarity="negative"),
        a_coding("d3:0-15", "coercion", polarity="neutral"),
        a_coding("d1:0-15", "coercion", polarity="negative"),
        a_coding("d1:0-15", "coercion", applies=False),
        a_coding("d5:0-15", "coercion", polarity="negative"),
    ]
    cases = (a_case("ann", region="Wales"), a_case("bob", region="Wales"), a_case("cy"))
    rows = count_breakdowns(
        cases,
        documents,
        segments,
        codings,
        themes=THEMES,
        memberships=[Membership("d3:0-15", "e1", 1.0)],
        codebook=CODEBOOK,
    )
    keys = [(p.theme_id, p.group, p.period) for p in rows]
    assert len(keys) == len(set(keys))
    return {key: (p.cases, p.cases_with) for key, p in zip(keys, rows, strict=True)}


def of(theme_id):
    return {key[1:]: count for key, count in counts().items() if key[0] == theme_id}


def test_cases_are_counted_once_and_a_duplicate_inherits():
    assert of("sanctions") == {
        ("", ""): (3, 3),
        ("kind=comment", ""): (1, 1),
        ("kind=story", ""): (2, 2),
        ("region=Wales", ""): (2, 2),
        ("speaker=claimant", ""): (1, 1),
        ("", "2013-04"): (1, 1),
        ("", "2013-05"): (1, 1),
        # Ann said both, Bob and his copyist Cy are negative
        ("experience=negative", ""): (3, 2),
        ("experience=positive", ""): (3, 0),
        ("experience=mixed", ""): (3, 1),
        ("experience=neutral", ""): (3, 0),
        ("theme=coercion", ""): (2, 2),
        ("theme=e1", ""): (2, 2),
    }


def test_only_what_was_lived_through_or_seen_is_experience():
    """Nor does who speaks well of a code for bad experience alone tell of any: they argue for it."""
    said = [
        ("sanctions", "positive", "hypothetical"),
        ("sanctions", "negative", "feared"),
        ("sanctions", "neutral", "argued"),
        ("sanctions", "negative", "witnessed"),
        ("sanctions", "positive", None),
        ("forced", "positive", "experienced"),
        ("forced", "negative", "experienced"),
    ]
    rows = count_breakdowns(
        [a_case(f"c{n}") for n in range(len(said))],
        [a_document(f"d{n}", case_id=f"c{n}") for n in range(len(said))],
        [a_segment(f"d{n}:0-15") for n in range(len(said))],
        [a_coding(f"d{n}:0-15", code, polarity=side, modality=how) for n, (code, side, how) in enumerate(said)],
        themes=(a_theme("sanctions"), a_theme("forced")),
        memberships=[],
        codebook=a_codebook(a_code("sanctions"), a_code("forced", polarity="negative_only")),
    )
    told = {(p.theme_id, p.group): p.cases_with for p in rows if p.group.startswith("experience=") and p.cases_with}
    assert told == {
        ("sanctions", "experience=negative"): 1,
        ("sanctions", "experience=positive"): 1,
        ("forced", "experience=negative"): 1,
        ("", "experience=negative"): 2,
        ("", "experience=positive"): 1,
    }


def test_the_later_coding_stands_and_articles_are_not_counted():
    assert of("coercion")[("", "")] == (3, 2)


def test_emergent_themes_count_their_members():
    assert of("e1")[("", "")] == (3, 2)


def test_questions_and_claims_count_the_people_who_bear_on_them():
    assert of("RQ2")[("", "")] == (3, 3)
    assert of("harm") == {("stance=for", ""): (3, 3)}


def test_everyone_who_wrote_is_counted_by_group_and_month():
    everyone = of(EVERYONE)
    assert everyone[("", "")] == (3, 3)
    assert everyone[("kind=story", "")] == (2, 2)
    assert everyone[("", "2013-05")] == (1, 1)
    assert everyone[("experience=mixed", "")] == (3, 1)
