import pytest

from builders import a_raw_document
from themes.deidentify.correct.corrected import Said
from themes.deidentify.document import deidentify
from themes.deidentify.rereading import Answer
from themes.deidentify.thread_names import in_whole_threads, names_again
from themes.deidentify.vault.vault import Vault
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span
from themes.records.spec import CorpusSpec


def told(text: str, *names: str, score: float = 1.0, label: str = "PERSON") -> Answer:
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return Answer([Finding(span, label, IdentifierKind.DIRECT, score, "test") for span in spans], Said())


def masked(first: str, *others: str, name: str, score: float = 1.0, label: str = "PERSON") -> list[list[str]]:
    """What is masked in each text of a thread if the first names somebody."""
    texts = [first, *others]
    documents = [a_raw_document(text, document_key=f"d{i}", thread="t") for i, text in enumerate(texts)]
    answers = [told(first, name, score=score, label=label), *(Answer([], Said()) for _ in others)]
    done = in_whole_threads(documents, answers)
    return [[f.span.of(text) for f in each.findings] for text, each in zip(texts, done, strict=True)
            if isinstance(each, Answer)]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Peregrine was off again", "Peregrine"),
        ("and peregrine was off", "peregrine"),
        ("it was Peregrine's bag", "Peregrine"),
        ("it was peregrines bag", "peregrines"),
        ("PEREGRINE was off, and so on", "PEREGRINE"),
        ("and Peregrin was off", "Peregrin"),
        ("and Pergerine was off", "Pergerine"),
    ],
)
def test_a_name_told_in_one_text_is_masked_in_earlier_and_later_ones(said: str, found: str) -> None:
    text = "My lad Peregrine is five"
    assert masked(text, said, name="Peregrine") == [["Peregrine"], [found]]
    documents = [a_raw_document(each, document_key=each, thread="t") for each in (said, text)]
    earlier, _ = in_whole_threads(documents, [Answer([], Said()), told(text, "Peregrine")])
    assert isinstance(earlier, Answer)
    assert [f.span.of(said) for f in earlier.findings] == [found]


@pytest.mark.parametrize(
    ("said", "found"),
    [("so Grace not", ["Grace"]), ("Grace it was", []), ("no grace in it", []), ("thanks grace", ["grace"])],
)
def test_a_name_that_is_a_word_counts_where_it_is_said_as_one(said: str, found: list[str]) -> None:
    assert masked("My girl Grace is five", said, name="Grace") == [["Grace"], found]


def test_a_name_that_is_a_place_or_kept_or_an_initial_is_not_looked_for_in_other_texts() -> None:
    assert masked("My girl Chelsea Lincoln", "to Lincoln by bus", name="Lincoln") == [["Lincoln"], []]
    assert masked("My girl Scope", "I rang Scope today", name="Scope") == [["Scope"], []]
    assert masked("My girl Jo", "Jo said", name="Jo") == [["Jo"], []]


def test_only_sure_names_of_persons_are_looked_for() -> None:
    text, other = "My lad Peregrine", "so Peregrine"
    assert masked(text, other, name="Peregrine", score=0.59) == [["Peregrine"], []]
    assert masked(text, other, name="Peregrine", label="EMPLOYER") == [["Peregrine"], []]


def test_other_threads_and_texts_that_are_kept_out_are_left_alone() -> None:
    documents = [a_raw_document("Peregrine", document_key=key, thread=key) for key in "ab"]
    answers = [told("Peregrine", "Peregrine"), Answer([], Said())]
    assert in_whole_threads(documents, answers) == answers
    documents = [a_raw_document("Peregrine", document_key=key, thread="t") for key in "ab"]
    assert in_whole_threads(documents, [told("Peregrine", "Peregrine"), "kept out"])[1] == "kept out"


def test_what_is_found_and_what_the_corpus_keeps_is_left_as_it_is() -> None:
    text = "Peregrine Quillon and Peregrine Falcon"
    found = told(text, "Peregrine Quillon").findings
    again = names_again(text, frozenset({"Peregrine"}), found, keep_words=["peregrine falcon"])
    assert again == []


def test_what_the_release_profile_alone_masks_may_be_a_name() -> None:
    text = "so peregrine came"
    unnamed = Finding(Span(3, 12), "MISC", IdentifierKind.QUASI, 0.2, "evidence")
    assert [f.span for f in names_again(text, frozenset({"Peregrine"}), [unnamed])] == [Span(3, 12)]
    documents = [a_raw_document(each, document_key=key, thread="t") for key, each in (("a", "Peregrine"), ("b", text))]
    answers = [told("Peregrine", "Peregrine"), Answer([unnamed], Said())]
    assert [f.label for f in in_whole_threads(documents, answers)[1].findings] == ["PERSON"]


def test_all_comments_of_a_thread_hide_a_childs_name(vault: Vault, spec: CorpusSpec) -> None:
    bare = "we fed wrenly chips and tea"  # by itself nothing tells that this is a name
    assert [d.text for d in deidentify([a_raw_document(bare)], spec=spec, vault=vault).documents] == [bare]
    texts = (
        bare,
        "My son, his name is Wrenly, is five.",
        "no shoes for wrenlys sister",
        "we fed wrenley chips and tea",
    )
    documents = [a_raw_document(text, document_key=f"d{i}", thread="t") for i, text in enumerate(texts)]
    made = deidentify(documents, spec=spec, vault=vault).documents
    assert not any("wrenl" in document.text.casefold() for document in made)
    assert (
        len({r.surrogate.removesuffix("'s").split()[-1] for d in made for r in d.replacements if r.label == "PERSON"})
        == 1
    )


def test_a_byname_in_brackets_is_found_in_the_thread_and_is_the_same_person(vault: Vault, spec: CorpusSpec) -> None:
    texts = ("Robert (Dusty) Ackroyd was my mentor.", "I know, Dusty helped me too.", "the shelves were dusty")
    documents = [a_raw_document(text, document_key=f"d{i}", thread="t") for i, text in enumerate(texts)]
    first, second, third = deidentify(documents, spec=spec, vault=vault).documents
    (whole,), (short,) = first.replacements, second.replacements
    assert (whole.label, short.label) == ("PERSON", "PERSON")
    assert whole.surrogate.split()[-1] == short.surrogate.split()[-1]
    assert third.text == texts[2]


def test_the_first_of_several_words_is_looked_for_though_an_everyday_one() -> None:
    first = "My keyworker is Sunny Pickersgill"
    others = ("then sunny rang, it was sunny", "and Sunny came", "Sunny days")
    assert masked(first, *others, name="Sunny Pickersgill") == [["Sunny Pickersgill"], ["sunny"], ["Sunny"], []]


def test_several_of_what_a_name_means_are_nobody() -> None:
    others = ("the roses in the field", "with roses desk", "he is at karens")
    assert masked("My keyworker is Rose", *others, name="Rose") == [["Rose"], [], [], []]
    assert masked("My keyworker is Karen", *others, name="Karen") == [["Karen"], [], [], ["karens"]]
