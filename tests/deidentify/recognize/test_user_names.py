import pytest

from themes.deidentify.recognize.user_names import user_names_in


def found(text: str) -> set[str]:
    return {finding.span.of(text) for finding in user_names_in(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("thanks @wren.t", "@wren.t"),
        ("/u/kite909 wrote", "/u/kite909"),
        ("follow @ wren_77", "@ wren_77"),
        ("on insta @ quietbadger", "@ quietbadger"),
        ("_wren_ said", "_wren_"),
        ("wren.tester92 said", "wren.tester92"),
        ("my instagram is quietbadger", "quietbadger"),
        ("on tiktok, quietbadger, I post", "quietbadger"),
        ("I'm quietbadger on twitter", "quietbadger"),
        ("somebody called quietbadger on facebook", "quietbadger"),
        ("add me quietbadger on snapchat", "quietbadger"),
        ('login: "Wren"', "Wren"),
        ("my xbox gamertag is xXWrenXx", "xXWrenXx"),
        ("discord otterfan#4471", "otterfan#4471"),
    ],
)
def test_a_user_name_is_found_by_its_marks_or_by_its_site(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "meet @ leeds",
        "the end.Next came s.2 and covid19",
        "x_x",
        "I'm honest on twitter",
        "my facebook page, on facebook, Karen",
        "I am quietbadger",
        "as seen on facebook by Karen",
        "survey_2013.csv",
        "tel.01632960999",
        "claim#4471",
        "my twitter is the worst",
        "On Twitter they call me scrounger",
        "on facebook I was called skiver, they called me workshy",
        "on reddit it helped me massively",
        "posting as anonymous. Somebody posts as me.",
        "@admin somebody posts as me. @everyone, @Mods please help",
    ],
)
def test_words_are_no_user_names(text: str) -> None:
    assert found(text) == set()


def test_a_handle_of_a_door_is_no_user_name() -> None:
    text = "She found the door handle without difficulty. My handle otterwren is on there."
    assert [finding.span.of(text) for finding in user_names_in(text)] == ["otterwren"]
