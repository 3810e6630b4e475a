import tomllib
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import yaml

from themes.errors import CodebookError
from themes.read.codebook import packaged_codebook, read_codebook
from themes.records.codebook import Claim, Code, Codebook, Question

YAML = """
meta:
  name: letters
  version: 1.10
  unit: sentence
  rules:
    - "Read it twice."
  dimensions:
    polarity: [negative, positive]
research_questions:
  Q1: Do letters help?
groups:
- {id: A, name: Post}
codes:
- id: letters
  group: A
  name: Letters
  polarity: negative_only
  definition: Letters that frighten.
  include: [brown envelopes, "no"]
  cues: [no, letter*]
  close_codes: {phones: "paper = letters"}
  safety: true
  research_questions: [Q1]
  sources: [S1]
- id: phones
  group: A
  name: Phones
sources:
  S1: "A study"
"""


def written(folder: Path, content: str, name: str = "codebook.toml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_yaml_in_the_shape_researchers_have_is_read_as_it_is(tmp_path):
    assert read_codebook(written(tmp_path, YAML, "codebook.yaml")) == Codebook(
        codes=(
            Code(
                "letters",
                "Letters",
                "Letters that frighten.",
                include=("brown envelopes", "no"),
                cues=("no", "letter*"),
                close_codes={"phones": "paper = letters"},
                polarity="negative_only",
                safety=True,
                parent_id="A",
                questions=("Q1",),
                sources=("S1",),
            ),
            Code("phones", "Phones", "", parent_id="A"),
        ),
        questions=(Question("Q1", "Do letters help?"),),
        version="1.10",
        name="letters",
        groups={"A": "Post"},
        rules=("Read it twice.",),
        dimensions={"polarity": ("negative", "positive")},
        sources={"S1": "A study"},
        about={"unit": "sentence"},
    )


def test_names_alone_make_a_codebook(tmp_path):
    codebook = read_codebook(written(tmp_path, "codes:\n- name: Waiting times\n- Food\n", "codes.yml"))
    assert codebook.codes == (Code("Waiting times", "Waiting times", ""), Code("Food", "Food", ""))


def test_a_claim_weighs_codes_by_their_polarity(tmp_path):
    path = written(
        tmp_path,
        """
        [[question]]
        id = "Q1"
        short = "Do letters help?"
        text = "Do letters help people?"
        [[question.claim]]
        text = "Letters help."
        [question.claim.weighs]
        letters = { positive = "for", negative = "against", mixed = "context" }
        [[code]]
        id = "letters"
        name = "Letters"
        label = "Post"
        """,
    )
    weighs = {
        ("letters", "positive"): "for",
        ("letters", "negative"): "against",
        ("letters", "mixed"): "context",
    }
    assert read_codebook(path).questions == (
        Question("Q1", "Do letters help people?", "Do letters help?", (Claim("Q1.1", "Letters help.", weighs),)),
    )
    assert read_codebook(path)["letters"].label == "Post"


def test_labelled_examples_stand_beside_the_codebook(tmp_path):
    (tmp_path / "labelled.jsonl").touch()
    path = written(tmp_path, 'labelled = "labelled.jsonl"\n[[code]]\nname = "Letters"\n')
    assert read_codebook(path).labelled == tmp_path / "labelled.jsonl"


def test_labelled_examples_may_be_named_with_the_name_of_the_codebook(tmp_path):
    (tmp_path / "labelled.jsonl").touch()
    path = written(tmp_path, '[meta]\nname = "Ours"\nlabelled = "labelled.jsonl"\n[[code]]\nname = "Letters"\n')
    assert (read_codebook(path).labelled, read_codebook(path).about) == (tmp_path / "labelled.jsonl", {})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "codebook.toml: has no codes. Add a [[code]] with a name (in YAML: 'codes:' and a list)."),
        ("codes = 3", "codebook.toml: 'codes' is not a list. Write it as one, also when it has one entry only."),
        (
            "[[code]]\nid = 'a'\nname = 'A'\n[[code]]\nid = 'a'\nname = 'B'",
            "codebook.toml: 2 codes have the id 'a'. Rename or remove all but one.",
        ),
        ("[[code]]\nid = 'a'", "codebook.toml: code 'a' has no name. Add name = \"…\" to it."),
        (
            "[[code]]\nname = 'sanctions'\nclose_codes = { sanction = '' }",
            (
                "codebook.toml: code 'sanctions': 'close_codes' names 'sanction', which is not a code. "
                "Did you mean 'sanctions'?"
            ),
        ),
        (
            "[[code]]\nname = 'a'\ngroup = 'G'",
            "codebook.toml: code 'a' belongs to 'G', which is not a group. Correct or add it.",
        ),
        (
            "[[code]]\nname = 'a'\nquestions = ['Q9']",
            "codebook.toml: code 'a' names the question 'Q9', which there is not. Correct or add it.",
        ),
        (
            "[[code]]\nname = 'a'\nexmaples = ['x']",
            "codebook.toml: code 'a' has a key 'exmaples', which nothing reads. Did you mean 'examples'?",
        ),
        (
            "[[code]]\nname = 'a'\npolarity = 'bad'",
            "codebook.toml: code 'a' has the polarity 'bad'. Use one of: bipolar, negative_only.",
        ),
        (
            "[[code]]\nname = 'a'\ncues = 'wait'",
            "codebook.toml: code 'a', 'cues' is not a list. Write it as one, also when it has one entry only.",
        ),
        (
            "[[code]]\nname = 'a'\ncues = [true]",
            "codebook.toml: code 'a', 'cues' is not a text. Put it in quotation marks: \"…\".",
        ),
        (
            "[[code]]\nname = 'a'\nsafety = 'perhaps'",
            "codebook.toml: code 'a', 'safety' is neither true nor false. Write one of the two.",
        ),
        (
            "[[code]]\nname='a'\n[[question]]\nid='Q'\n[[question.claim]]\ntext='T'\nweighs={b={positive='for'}}",
            "codebook.toml: question 'Q', claim 'Q.1' weighs 'b', which is not a code. Correct or add it.",
        ),
        (
            "[[code]]\nname='a'\n[[question]]\nid='Q'\n[[question.claim]]\ntext='T'\nweighs={a={positive='pro'}}",
            "codebook.toml: question 'Q', claim 1, 'a': use one of: for, against, context; not 'pro'.",
        ),
        (
            "[[code]]\nname='a'\n[[question]]\ntext='Why?'",
            'codebook.toml: question 1 has no id. Add id = "…" to it.',
        ),
        (
            "labelled = 'gone.jsonl'\n[[code]]\nname = 'a'",
            "codebook.toml: names labelled examples that are not there: gone.jsonl. Correct or remove 'labelled'.",
        ),
        (
            "labeled = 'labelled.jsonl'\n[[code]]\nname = 'a'",
            "codebook.toml: has a key 'labeled', which nothing reads. Did you mean 'labelled'?",
        ),
        (
            "[meta]\nlabeled = 'labelled.jsonl'\n[[code]]\nname = 'a'",
            "codebook.toml: has a key 'labeled', which nothing reads. Did you mean 'labelled'?",
        ),
        (
            "[[code]]\nname = 'a'\nlabelled = 'labelled.jsonl'",
            (
                "codebook.toml: has 'labelled' below 'code', where nothing reads it. "
                "Put it above all lines in [brackets]."
            ),
        ),
        (
            "[[group]]\nid = 'A'\n[[group]]\nid = 'A'\n[[code]]\nname = 'a'",
            "codebook.toml: group 2 has no id, or one that is taken ('A'). Give it its own.",
        ),
        (
            "[[code]]\nname = 'a'\nparent = 'a'",
            "codebook.toml: code 'a' belongs in the end to itself: 'a' → 'a'. Give one of them another 'parent'.",
        ),
        (
            (
                "[[code]]\nname = 'a'\nparent = 'b'\n[[code]]\nname = 'b'\nparent = 'c'\n"
                "[[code]]\nname = 'c'\nparent = 'd'\n[[code]]\nname = 'd'\nparent = 'b'"
            ),
            (
                "codebook.toml: code 'b' belongs in the end to itself: 'b' → 'c' → 'd' → 'b'. "
                "Give one of them another 'parent'."
            ),
        ),
    ],
)
def test_a_flaw_is_named_with_file_code_and_remedy(tmp_path, content, message):
    with pytest.raises(CodebookError) as caught:
        read_codebook(written(tmp_path, content))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("codebook.toml", b"name = ", "codebook.toml: is not valid TOML"),
        ("codebook.yaml", b"codes: [", "codebook.yaml: is not valid YAML at line"),
        ("codebook.yaml", b"- a\n- b", "codebook.yaml: holds no table of codes"),
        ("codebook.toml", b'name = "caf\xe9"', "codebook.toml: is not UTF-8"),
        ("codebook.json", b"{}", "codebook.json: is neither .toml nor .yaml"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CodebookError, match=message.replace(".", r"\.")):
        read_codebook(tmp_path / name)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(CodebookError, match=r"none\.toml: cannot be read \(No such file"):
        read_codebook(tmp_path / "none.toml")


def test_yaml_makes_no_objects(tmp_path):
    path = written(tmp_path, "codes:\n- name: !!python/object/apply:os.getcwd []\n", "codebook.yaml")
    with pytest.raises(CodebookError):
        read_codebook(path)


def test_the_packaged_codebook_has_eighteen_codes_under_six_groups_and_seven_questions():
    codebook = read_codebook(packaged_codebook())
    assert (len(codebook.codes), len(codebook.groups), len(codebook.questions)) == (18, 6, 7)
    assert {code.parent_id for code in codebook.codes} == set(codebook.groups) == set("ABCDEF")


def test_every_packaged_code_can_be_told_to_a_reader_and_found_by_the_machine():
    for code in read_codebook(packaged_codebook()).codes:
        assert code.label
        assert len(code.label.split()) <= 6
        assert code.definition
        assert code.include
        assert code.exclude
        assert len(code.examples) >= 2
        assert len(code.cues) >= 40
        assert len(set(code.cues)) == len(code.cues)


def test_every_packaged_question_has_a_claim_with_both_sides_and_all_its_codes():
    codebook = read_codebook(packaged_codebook())
    for question in codebook.questions:
        assert question.short
        assert question.claims
        for claim in question.claims:
            assert {"for", "against"} <= set(claim.table.values())
        weighed = {code_id for claim in question.claims for code_id, _ in claim.table}
        assert {code.code_id for code in codebook.codes if question.question_id in code.questions} <= weighed


def test_the_packaged_codebook_is_written_for_editing():
    text = packaged_codebook().read_text(encoding="utf-8")
    assert text.startswith("# The codebook: ")
    assert len([line for line in text.splitlines() if line.startswith("#")]) >= 40
    assert {"WCA", "WRAG", "sanction", "perverse incentive", "IPS"} <= set(tomllib.loads(text)["glossary"])


def test_every_field_of_the_researchers_codebook_survives_in_the_packaged_one():
    theirs = read_codebook(Path(__file__).with_name("back_to_work_v0.2.yaml"))
    ours = read_codebook(packaged_codebook())
    added = {"cues": (), "label": ""}
    assert tuple(replace(code, **added) for code in ours.codes) == theirs.codes
    assert tuple(replace(question, short="", claims=()) for question in ours.questions) == theirs.questions
    bare = replace(ours, codes=(), questions=(), glossary={}, uncoded=(), labelled=None)
    assert bare == replace(theirs, codes=(), questions=())


def test_the_researchers_codebook_has_no_field_that_is_not_read():
    content = yaml.safe_load(Path(__file__).with_name("back_to_work_v0.2.yaml").read_text(encoding="utf-8"))
    read = read_codebook(Path(__file__).with_name("back_to_work_v0.2.yaml"))
    assert set(content) == {"meta", "research_questions", "groups", "codes", "sources"}
    assert set(content["meta"]) == {"name", "version", "language", "rules", "dimensions", *read.about}
    for code in content["codes"]:
        assert {
            "code_id": code["id"],
            "parent_id": code["group"],
            "name": code["name"],
            "polarity": code["polarity"],
            "definition": code["definition"],
            "clarification": code.get("clarification", ""),
            "include": tuple(code["include"]),
            "exclude": tuple(code["exclude"]),
            "examples": tuple(code["examples"]),
            "close_codes": code["close_codes"],
            "safety": code.get("safety", False),
            "questions": tuple(code["research_questions"]),
            "sources": tuple(code["sources"]),
            "cues": (),
            "label": "",
        } == asdict(read[code["id"]])
