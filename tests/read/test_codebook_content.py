"""What a file of a codebook holds, and what is said of one that cannot be read."""

import pytest

from themes.errors import CodebookError
from themes.read.codebook_content import codebook_content


def test_toml_and_yaml_hold_the_same_and_yaml_makes_texts_of_all(tmp_path):
    (tmp_path / "book.toml").write_text('[[code]]\nid = "a"\nsafety = true\n', encoding="utf-8")
    (tmp_path / "book.yaml").write_text("code:\n- id: a\n  safety: true\n", encoding="utf-8")
    assert codebook_content(tmp_path / "book.toml") == {"code": [{"id": "a", "safety": True}]}
    assert codebook_content(tmp_path / "book.yaml") == {"code": [{"id": "a", "safety": "true"}]}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.toml", b"= x", "a.toml: is not valid TOML"),
        ("a.toml", b"\xff", "a.toml: is not UTF-8"),
        ("a.yaml", b"- x", "a.yaml: holds no table"),
        ("a.txt", b"x", "a.txt: is neither"),
    ],
)
def test_a_file_that_is_no_codebook_is_named(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CodebookError, match=said):
        codebook_content(tmp_path / name)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CodebookError, match=r"none\.toml: cannot be read"):
        codebook_content(tmp_path / "none.toml")
