"""What a language model is asked, and which answers are taken."""

import json

from builders import a_code, a_codebook, a_segment
from themes.code.language_model_answer import Suggested, accepted, question, schema
from themes.records.span import Span

CODEBOOK = a_codebook(a_code("sanctions"), a_code("kindness"))
SEGMENT = a_segment("d1:0-37", "They sanctioned me, but she was kind.", prompt="How did it go?")


def reply(*pairs: tuple[str, str]) -> bytes:
    answer = json.dumps({"codings": [{"code": code, "quote": quote} for code, quote in pairs]})
    return json.dumps({"choices": [{"message": {"content": answer}}]}).encode()


def test_the_excerpt_stands_apart_from_the_instructions_as_data():
    system, user = question(SEGMENT, CODEBOOK, model="little-1")["messages"]
    assert json.loads(user["content"]) == {"excerpt": SEGMENT.text, "question": "How did it go?"}
    assert SEGMENT.text not in system["content"]


def test_the_schema_knows_the_codes_of_the_codebook_and_no_others():
    coding = schema(CODEBOOK)["properties"]["codings"]["items"]
    assert coding["properties"]["code"]["enum"] == ["sanctions", "kindness"]
    assert coding["additionalProperties"] is False


def test_a_quote_is_taken_where_it_stands_letter_by_letter():
    assert accepted(reply(("kindness", "she was kind")), SEGMENT, CODEBOOK) == [Suggested("kindness", Span(24, 36))]
    assert accepted(reply(), SEGMENT, CODEBOOK) == []


def test_one_wrong_coding_spoils_the_answer():
    right = ("kindness", "she was kind")
    for wrong in (("kindness", "She was kind"), ("kindness", "sanction"), ("theft", "kind"), ("kindness", ", ")):
        assert accepted(reply(right, wrong), SEGMENT, CODEBOOK) is None
    for broken in (b"", b"[]", b"{}", json.dumps({"choices": [{"message": {"content": "kind"}}]}).encode()):
        assert accepted(broken, SEGMENT, CODEBOOK) is None
