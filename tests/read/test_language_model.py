import pytest

from themes.errors import CorpusError
from themes.read.spec import read_spec
from themes.records.spec import LanguageModelSpec

SOURCE = '[[source]]\nname = "pages"\nreader = "copied_page"\nfiles = "*.txt"\n'


def spec_with(tmp_path, *lines: str):
    (tmp_path / "corpus.toml").write_text("\n".join(["[language_model]", *lines, SOURCE]), encoding="utf-8")
    return read_spec(tmp_path).language_model


def test_by_default_there_is_none(tmp_path):
    (tmp_path / "corpus.toml").write_text(SOURCE, encoding="utf-8")
    assert read_spec(tmp_path).language_model is None


def test_everything_that_can_be_said_is_taken_over(tmp_path):
    assert spec_with(
        tmp_path,
        'address = "https://models.example.org/v1/"',
        'model = "little-1"',
        'key_variable = "OUR_KEY"',
        "elsewhere = true",
        "timeout_seconds = 20",
        "attempts = 2",
    ) == LanguageModelSpec("https://models.example.org/v1", "little-1", "OUR_KEY", True, 20.0, 2)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"])
def test_this_machine_is_known_however_it_is_written(tmp_path, host):
    spec = spec_with(tmp_path, f'address = "http://{host}/v1"', 'model = "m"')
    assert spec == LanguageModelSpec(f"http://{host}/v1", "m")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (['model = "m"'], "needs `address`"),
        (['address = "http://localhost/v1"'], "needs `model`"),
        (['address = "http://192.0.2.1/v1"', 'model = "m"'], "192.0.2.1 is not this machine"),
        (['address = "http://localhost.example.org/v1"', 'model = "m"'], "is not this machine"),
        (['address = "http://192.0.2.1/v1"', 'model = "m"', "elsewhere = true"], "must begin with https"),
        (['address = "http://me:secret@localhost/v1"', 'model = "m"'], "without a key in it"),
        (['address = "ftp://localhost/"', 'model = "m"'], "must be such as"),
        (['address = "http://localhost/v1"', 'model = "m"', 'elsewhere = "yes"'], "`elsewhere` must be true or false"),
        (['address = "http://localhost/v1"', 'model = "m"', "attempts = 0"], "from 1 to 10"),
        (['address = "http://localhost/v1"', 'model = "m"', 'key = "secret"'], "`key` is not a key of"),
        (['address = "http://localhost/v1"', 'model = "m"', 'key_variable = "a b"'], "names an environment variable"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_write_instead(tmp_path, lines, message):
    with pytest.raises(CorpusError, match=message):
        spec_with(tmp_path, *lines)


def test_it_must_be_a_table(tmp_path):
    (tmp_path / "corpus.toml").write_text('language_model = "m"\n' + SOURCE, encoding="utf-8")
    with pytest.raises(CorpusError, match="is a table"):
        read_spec(tmp_path)
