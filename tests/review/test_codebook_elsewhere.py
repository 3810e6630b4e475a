from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from exchange_study import BOOK, study_release
from themes.errors import CodebookError
from themes.export.refi_codebook import write_refi_codebook
from themes.read.codebook import packaged_codebook, read_codebook
from themes.read.refi import read_refi_codebook
from themes.records.codebook import Code
from themes.records.exchange import ExchangedCode, ExchangedCodebook
from themes.review.codebook_elsewhere import as_table, codebook_of


def there_and_back(book, tmp_path, *, sidecar=True, change=lambda exchanged: exchanged):
    write_refi_codebook(study_release(codebook=book, segments=(), codings=(), flags=()), tmp_path)
    exchanged = change(read_refi_codebook(tmp_path / "codebook.qdc").content)
    beside = tmp_path / ("codebook.sidecar.json" if sidecar else "none.json")
    return codebook_of(exchanged, beside)


def as_file(book, tmp_path):
    path = tmp_path / "codebook.imported.yaml"
    path.write_text(yaml.safe_dump(as_table(book), allow_unicode=True, sort_keys=False), "utf-8")
    return read_codebook(path)


def test_with_its_sidecar_a_codebook_comes_back_whole(tmp_path):
    assert there_and_back(BOOK, tmp_path) == BOOK


def test_the_packaged_codebook_comes_back_whole_from_a_file_of_ours(tmp_path):
    packaged = replace(read_codebook(packaged_codebook()), labelled=None)
    there = as_file(there_and_back(packaged, tmp_path), tmp_path)
    assert {code.code_id: code for code in there.codes} == {code.code_id: code for code in packaged.codes}
    assert replace(there, codes=()) == replace(packaged, codes=())


def test_without_it_names_meanings_and_groups_come_back(tmp_path):
    there = there_and_back(BOOK, tmp_path, sidecar=False)
    assert there.groups == {"compulsion": "Compulsion", "support": "Support"}
    assert there.codes == (
        Code("sanctions", "Sanctions", "About sanctions.\n\nCounts:\n- stopped money", parent_id="compulsion"),
        Code("kindness_help", "Kindness & help", "About kindness.", parent_id="support"),
        Code("kindness_of_staff", "Kindness of staff", "About kindness_of_staff.", parent_id="kindness_help"),
    )


def test_what_somebody_changed_elsewhere_goes_before_the_sidecar(tmp_path):
    def change(exchanged):
        compulsion, support = exchanged.codes
        sanctions = replace(compulsion.children[0], name="Stopped money", description="Money that is stopped.")
        return replace(exchanged, codes=(replace(compulsion, children=(sanctions,)), replace(support, children=())))

    there = there_and_back(BOOK, tmp_path, change=change)
    assert there.codes == (
        replace(BOOK["sanctions"], name="Stopped money", definition="Money that is stopped.", include=()),
    )
    assert there.codes[0].cues == ("sanction*",)
    assert there.questions == BOOK.questions


def test_a_code_that_is_gone_is_mentioned_nowhere(tmp_path):
    book = replace(BOOK, codes=(*BOOK.codes[1:], replace(BOOK.codes[0], close_codes={"kindness": "not this"})))
    there = there_and_back(book, tmp_path, change=lambda e: replace(e, codes=e.codes[:1]))
    assert [(code.code_id, code.close_codes) for code in there.codes] == [("sanctions", {})]
    gone = there_and_back(book, tmp_path, change=lambda e: replace(e, codes=e.codes[1:]))
    assert gone.questions[0].claims[0].table == {}


def test_two_codes_of_one_name_get_ids_of_their_own():
    names = ("Fear of…  work?", "Fear of…  work?", "??")
    codes = tuple(ExchangedCode(str(number), name) for number, name in enumerate(names))
    book = codebook_of(ExchangedCodebook("", codes), sidecar=Path("none"))
    assert [code.code_id for code in book.codes] == ["fear_of_work", "fear_of_work_2", "code"]


@pytest.mark.parametrize("content", ["[]", "{}", '{"codebook": 1, "codes": {}}', '{"codebook": {}, "codes": {}}'])
def test_what_is_no_sidecar_of_ours_is_refused(tmp_path, content):
    (tmp_path / "a.json").write_text(content, "utf-8")
    with pytest.raises(CodebookError, match=r"a\.json"):
        codebook_of(ExchangedCodebook(), tmp_path / "a.json")
