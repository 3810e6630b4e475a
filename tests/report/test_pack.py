import re
from dataclasses import replace

import pytest

from builders import a_prevalence, a_theme
from report_study import BAD, CODEBOOK, GOOD, WISH, a_study
from themes.disclosure import release
from themes.errors import WrongUse
from themes.records.coding import RiskFlag
from themes.records.project import Audience
from themes.records.release import Approval
from themes.records.theme import Membership, ThemeOrigin
from themes.report.blocks import Heading, PageBreak, Points, Quote, Table, Words
from themes.report.document import compose
from themes.report.pack import MOST_QUOTES, compose_pack, themes_for_packs


@pytest.fixture(scope="module")
def report():
    return compose(release(a_study(), Audience.TEAM))


def quotes_in(pack) -> list[str]:
    return ["".join(part.text for part in b.excerpt.parts) for b in pack.blocks if isinstance(b, Quote)]


def words_in(pack) -> list[str]:
    return [block.text for block in pack.blocks if isinstance(block, Words)]


def below(pack, heading: str) -> list:
    at = pack.blocks.index(Heading(heading))
    rest = pack.blocks[at + 1 :]
    return list(rest[: next((i for i, b in enumerate(rest) if isinstance(b, Heading | PageBreak)), len(rest))])


def test_a_pack_has_its_parts_in_order_and_one_break_between_its_pages(report):
    pack = compose_pack(report, "sanctions")
    parts = [block for block in pack.blocks if isinstance(block, Heading | PageBreak)]
    assert [part.text if isinstance(part, Heading) else "–" for part in parts] == [
        "What people say", "How many, and who", "What helps", "–", "In their own words", "What it bears on",
        "Over time", "How this was made", "What it cannot show",
    ]  # fmt: skip
    assert (pack.title, pack.kicker) == ("Money stopped", "Evidence pack: An invented study")
    assert (pack.made, pack.edition) == (
        "8 January 2024 · 30 people · 35 texts read",
        "Team edition – not for publication",
    )


def test_people_are_counted_unchecked_until_a_sample_is_reviewed(report):
    pack = compose_pack(report, "sanctions")
    assert "Suggested in texts from 27 people, unchecked." in words_in(pack)
    (table,) = [block for block in pack.blocks if isinstance(block, Table)]
    assert table.rows == (
        ("Everyone who wrote", "30", "27 people, unchecked"),
        ("Speaker: person on benefits", "30", "27 people, unchecked"),
        ("Kind: comment", "30", "27 people, unchecked"),
    )


def test_a_reviewed_sample_gives_a_share_with_its_interval():
    study = a_study()
    share = a_prevalence("sanctions", 27, cases=30, share=0.62, low=0.5, high=0.74, method="estimated")
    pack = compose_pack(
        compose(release(replace(study, prevalences=(*study.prevalences, share)), Audience.TEAM)), "sanctions"
    )
    told = next(text for text in words_in(pack) if text.startswith("About 6"))
    assert re.fullmatch(r"About 6 in 10 people, between \d+ and \d+ in 100\.", told)
    (table,) = [block for block in pack.blocks if isinstance(block, Table)]
    assert table.rows[0] == ("Everyone who wrote", "30", told.removesuffix("."))


def test_four_quotes_at_most_nobody_twice_and_a_wish_beside_them(report):
    pack = compose_pack(report, "sanctions")
    quotes = quotes_in(pack)
    assert [quote for quote in quotes if quote.startswith(WISH)] == [f"{WISH} 29."]
    assert len(quotes) == MOST_QUOTES + 1
    assert len(set(quotes)) == MOST_QUOTES + 1
    assert below(pack, "What helps")[:2] == [
        Words("What somebody would want:"),
        pack.blocks[pack.blocks.index(Words("What somebody would want:")) + 1],
    ]


def test_there_can_be_fewer_quotes(report):
    assert [len(quotes_in(compose_pack(report, "sanctions", tighter=n))) for n in (1, 3, 4)] == [4, 2, 0]


def test_who_sees_it_otherwise_is_quoted_and_where_nobody_does_it_is_said():
    study = a_study()
    one = next(c for c in study.codings if c.code_id == "sanctions" and c.modality == "experienced")
    otherwise = replace(one, polarity="positive")
    mixed = replace(study, codings=tuple(otherwise if c is one else c for c in study.codings))
    pack = compose_pack(compose(release(mixed, Audience.TEAM)), "sanctions")
    sides = [b.excerpt.polarity for b in below(pack, "In their own words") if isinstance(b, Quote)]
    assert sides == ["negative", "positive", "negative", "negative"]
    missing = "No excerpt that sees it otherwise can be shown. That does not mean nobody would say it."
    assert missing not in words_in(pack)
    assert missing in words_in(compose_pack(compose(release(study, Audience.TEAM)), "sanctions"))


def test_good_experience_is_counted_under_what_helps():
    study = a_study()
    counted = [
        a_prevalence("support", people, group=group, cases=30)
        for people, group in ((30, ""), (14, "experience=positive"), (16, "experience=negative"))
    ]
    others = [p for p in study.prevalences if p.theme_id != "support"]
    pack = compose_pack(compose(release(replace(study, prevalences=(*others, *counted)), Audience.TEAM)), "support")
    assert below(pack, "What helps") == [
        Words("People who tell of a good experience of it: 14, unchecked."),
        Words("A good experience is among the excerpts on the next page."),
        Words("In all these texts, good experience was found most often with “Support”."),
    ]


def test_good_experience_too_few_to_count_is_still_pointed_to(report):
    pack = compose_pack(report, "support")
    assert all(quote.startswith(GOOD) for quote in quotes_in(pack))
    assert below(pack, "What helps")[:2] == [
        Words("How many tell of a good experience of it is hidden."),
        Words("A good experience is among the excerpts on the next page."),
    ]


def test_an_argument_for_what_does_harm_is_no_help():
    study = a_study()
    book = replace(CODEBOOK, codes=tuple(replace(code, polarity="negative_only") for code in CODEBOOK.codes))
    pack = compose_pack(compose(release(replace(study, codebook=book), Audience.TEAM)), "support")
    assert below(pack, "What helps")[0] == Words("No excerpt to show says what would help here.", "gap")


def test_a_theme_goes_by_its_name_too_and_another_is_refused_with_the_names_there_are(report):
    assert compose_pack(report, " sanctions AND loss ") == compose_pack(report, "sanctions")
    with pytest.raises(WrongUse, match=r"sanctions \(Sanctions and loss\), assessment \(.*\), support \("):
        compose_pack(report, "weather")


def test_packs_are_for_what_somebody_speaks_of(report):
    assert themes_for_packs(report) == ["sanctions", "support"]
    silent = compose_pack(report, "assessment")
    assert quotes_in(silent) == []
    assert "Nobody in these texts was found to speak about this." in words_in(silent)


def test_what_is_withheld_is_not_quoted():
    study = a_study()
    flags = tuple(
        RiskFlag(s.segment_id, s.document_id, 0.9, "overdose") for s in study.segments if s.text.startswith(BAD)
    )
    pack = compose_pack(compose(release(replace(study, flags=flags), Audience.TEAM)), "sanctions")
    assert quotes_in(pack) == [f"{WISH} 29."]


def test_the_public_one_quotes_what_was_approved_and_says_which_edition_it_is():
    quotable = frozenset({"d5:0-44"})
    assert "d5:0-44" in {segment.segment_id for segment in a_study().segments}
    approval = Approval("Ann Example", "2026-01-05T06:00:00+00:00", quotable)
    pack = compose_pack(compose(release(a_study(), Audience.PUBLIC, approval=approval)), "sanctions")
    assert pack.edition == "Public edition"
    assert quotes_in(pack) == [f"{BAD} 5."]
    assert "Suggested in texts from 25 people, unchecked." in words_in(pack)


def test_groups_that_have_no_room_are_counted(report, monkeypatch):
    assert "There is no room" not in " ".join(words_in(compose_pack(report, "sanctions")))
    monkeypatch.setattr("themes.report.pack.MOST_GROUPS", 2)
    pack = compose_pack(report, "sanctions")
    assert "There is no room here for 1 more group that could be shown." in " ".join(words_in(pack))
    (table,) = [block for block in pack.blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["Everyone who wrote", "Speaker: person on benefits"]


def test_a_small_corpus_is_told_without_numbers():
    pack = compose_pack(compose(release(a_study(6), Audience.TEAM)), "sanctions")
    assert [block for block in pack.blocks if isinstance(block, Table)] == []
    assert "Too few people wrote for any number to be told." in words_in(pack)


def test_a_theme_that_nobody_asked_for_has_its_dissent_quoted():
    study = a_study()
    ids = [s.segment_id for s in study.segments if s.document_id in {"d4", "d6", "d8", "d10", "d14", "d16"}]
    theme = a_theme(
        "e1", name="Tea", origin=ThemeOrigin.EMERGENT, code_ids=(), exemplar_ids=tuple(ids[:5]), dissent_ids=(ids[-1],)
    )
    emergent = replace(
        study,
        themes=(*study.themes, theme),
        memberships=tuple(Membership(i, "e1", 0.9) for i in ids),
        prevalences=(*study.prevalences, a_prevalence("e1", 14, cases=30)),
    )
    pack = compose_pack(compose(release(emergent, Audience.TEAM)), "e1")
    assert [b.excerpt.segment_id for b in pack.blocks if isinstance(b, Quote)] == [*ids[:3], ids[-1]]


def test_what_it_cannot_show_is_said(report):
    (points,) = [b for b in below(compose_pack(report, "support"), "What it cannot show") if isinstance(b, Points)]
    assert [lead for lead, _ in points.items] == [
        "How many people in general.", "What caused what.", "Whether it is true.", "What nobody said.",
    ]  # fmt: skip
    assert CODEBOOK["support"].label == ""  # so that its name is the title
    assert compose_pack(report, "support").title == "Support"
