import pytest

from themes.errors import CorpusError
from themes.read.spec import is_schedule, read_spec
from themes.records.spec import CorpusSpec, SourceSpec

SOURCE = '[[source]]\nname = "pages"\nreader = "copied_page"\nfiles = "*.txt"\n'


def a_folder(tmp_path, toml):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "corpus.toml").write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    return folder


def test_everything_that_can_be_said_is_taken_over(tmp_path):
    folder = a_folder(
        tmp_path,
        '\ufeffname = "btw-2013"\ntitle = "Back to work"\nlanguage = "en-GB"\ncodebook = "codes.toml"\n'
        'seed = 7\nschedule = "0 6 * * 1"\ntimezone = "Europe/Paris"\n'
        'fewest_cases = 12\nconsent_to_quote = ["yes"]\n'
        '[deidentify]\nnames = ["Jo Sample"]\nplaces = ["Nowhere"]\nkeep = ["Example Trust"]\n'
        '[[source]]\nname = "survey"\nreader = "survey_table"\nfiles = "survey/*.csv"\n'
        'open = { Q1 = "What happened?" }\n' + SOURCE,
    )
    assert read_spec(folder) == CorpusSpec(
        folder=folder,
        name="btw-2013",
        sources=(
            SourceSpec("survey", "survey_table", "survey/*.csv", {"open": {"Q1": "What happened?"}}),
            SourceSpec("pages", "copied_page", "*.txt"),
        ),
        title="Back to work",
        language="en-GB",
        codebook="codes.toml",
        seed=7,
        schedule="0 6 * * 1",
        timezone="Europe/Paris",
        fewest_cases=12,
        consent_to_quote=("yes",),
        extra_names=("Jo Sample",),
        extra_places=("Nowhere",),
        keep_words=("Example Trust",),
    )


@pytest.mark.parametrize("encoder", ["sentence", "static"])
def test_an_encoder_of_ours_is_chosen_by_name(tmp_path, encoder):
    assert read_spec(a_folder(tmp_path, f'encoder = "{encoder}"\n' + SOURCE)).encoder == encoder


def test_another_encoder_is_chosen_by_its_folder_also_from_the_corpus_folder(tmp_path):
    (tmp_path / "mine").mkdir()
    spec = read_spec(a_folder(tmp_path, 'encoder = "../mine"\n' + SOURCE))
    assert spec.encoder == str((tmp_path / "mine").resolve())


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('"statc"', 'Did you mean "static"'),
        ('"/nowhere/at/all"', "nor a folder that is there"),
        ("384", "names neither an encoder"),
        ('""', "names neither an encoder"),
    ],
)
def test_an_encoder_that_is_neither_is_refused(tmp_path, value, message):
    with pytest.raises(CorpusError, match=message):
        read_spec(a_folder(tmp_path, f"encoder = {value}\n" + SOURCE))


def test_one_source_is_enough_and_the_folder_names_the_corpus(tmp_path):
    folder = a_folder(tmp_path, SOURCE)
    assert read_spec(folder) == CorpusSpec(folder, "corpus", (SourceSpec("pages", "copied_page", "*.txt"),))


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("title = ", "{file} is not sound TOML: Invalid value (at end of document). Correct that place."),
        (b"title = '\xff'", "{file} is not UTF-8. Save it as UTF-8."),
        ("", "{file} names no source. Add a [[source]] with `name`, `reader` and `files`."),
        ("source = []", "{file} names no source. Add a [[source]] with `name`, `reader` and `files`."),
        ("[source]", "{file}: sources are written as [[source]] tables, with two brackets."),
        ("titel = 'x'\n" + SOURCE, "{file}: `titel` is not a key. Did you mean `title`?"),
        ("title = 3\n" + SOURCE, '{file}: `title` must be text, such as title = "…".'),
        ("seed = 'x'\n" + SOURCE, "{file}: `seed` must be a whole number, such as seed = 10."),
        (
            "seed = 4294967296\n" + SOURCE,
            "{file}: `seed` must be a whole number, 4,294,967,295 at most, such as seed = 10.",
        ),
        (
            'consent_to_quote = "yes"\n' + SOURCE,
            '{file}: `consent_to_quote` must be a list of texts, such as consent_to_quote = ["…"].',
        ),
        ("fewest_cases = 1\n" + SOURCE, "{file}: `fewest_cases` must be at least 3; smaller groups point to people."),
        (
            "name = '../x'\n" + SOURCE,
            "{file}: `name` must be letters, digits, - and _ only, since folders are named after it.",
        ),
        (
            "codebook = '../c.toml'\n" + SOURCE,
            '{file}: `codebook` must be a file in the corpus folder, such as "codebook.toml".',
        ),
        (
            "timezone = 'London'\n" + SOURCE,
            '{file}: there is no time zone "London". Use a name such as "Europe/London".',
        ),
        (
            "schedule = '0 25 * * *'\n" + SOURCE,
            (
                '{file}: the schedule "0 25 * * *" cannot be read. Use five cron fields, such as "0 6 * * 1" '
                "(Mondays at six), "
                'or "every 10 min" (s, min or h).'
            ),
        ),
        ("[deidentify]\nname = []\n" + SOURCE, "{file}: `name` is not a key of [deidentify]. Did you mean `names`?"),
        (
            "[deidentify]\nnames = 'Jo'\n" + SOURCE,
            '{file}: `names` of [deidentify] must be a list of texts, such as names = ["…"].',
        ),
        (SOURCE + SOURCE, "{file}: two sources are called 'pages'. Give each its own `name`."),
        (
            "[[source]]\nname = 'x'\nreader = 'blog_page'",
            '{file}: a [[source]] needs `files` as text, such as files = "…".',
        ),
        (
            SOURCE.replace("copied", "copy"),
            (
                "{file}, source 'pages': there is no reader \"copy_page\". Use one of "
                "blog_page, "
                "copied_page, story_file, survey_table."
            ),
        ),
        (
            SOURCE.replace("*.txt", "../*.txt"),
            ("{file}, source 'pages': `files` is a pattern below raw/, such as \"survey/*.csv\"."),
        ),
        (
            SOURCE + "colour = 'red'\n",
            (
                "corpus.toml, source 'pages': `colour` is not an option of the reader copied_page. "
                "It "
                "takes consent, encoding, promises, speaker."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_with_what_to_write_instead(tmp_path, toml, message):
    folder = a_folder(tmp_path, toml)
    with pytest.raises(CorpusError) as wrong:
        read_spec(folder)
    assert str(wrong.value) == message.replace("{file}", str(folder / "corpus.toml"))


def test_a_missing_folder_and_a_missing_file_are_named(tmp_path):
    with pytest.raises(CorpusError) as no_folder:
        read_spec(tmp_path / "nowhere")
    with pytest.raises(CorpusError) as no_file:
        read_spec(tmp_path)
    assert [str(no_folder.value), str(no_file.value)] == [
        f"There is no folder {tmp_path / 'nowhere'}. Give the folder of a corpus, or make one with `themes new`.",
        f"{tmp_path / 'corpus.toml'} is missing. Write one, or make the corpus with `themes new`.",
    ]


@pytest.mark.parametrize(
    "text", ["0 6 * * 1", "*/15 8-18 * * mon-fri", "0 0 1,15 jan-mar *", "every 10 s", "every 5 min", "every 2 h"]
)
def test_schedules_are_known(text):
    assert is_schedule(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "daily",
        "0 6 * *",
        "60 * * * *",
        "*/0 * * * *",
        "5-1 * * * *",
        "0 6 * * someday",
        "every 0 s",
        "every day",
        "a b c d e",
        "0 6 * * 1 2",
    ],
)
def test_other_schedules_are_not(text):
    assert not is_schedule(text)
