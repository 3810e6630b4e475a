from themes.read.catalog import OPTIONS, READERS


def test_each_reader_checks_its_options():
    assert list(READERS) == list(OPTIONS) == ["blog_page", "copied_page", "story_file", "survey_table"]
