from themes.deidentify.wording.name_index import Index, neither

INDEX = Index({"robert smith": ["robert", "smith"], "bob": ["bob"], "rita": ["rita"], "karen": ["karen"]})


def test_exact_names_have_one_of_the_pieces() -> None:
    assert INDEX.exact(["smith", "karen"]) == ["karen", "robert smith"]
    assert INDEX.exact(["bobby"]) == []


def test_near_names_begin_alike_or_may_be_short_for_one_another() -> None:
    assert INDEX.near(["robert"]) == ["bob", "rita", "robert smith"]
    assert INDEX.near(["zoe"]) == []
    assert INDEX.near(["karen", "zoe"]) == ["karen"]


def test_who_may_be_either_of_two_is_neither() -> None:
    pair = {("liz", "lizzie"), ("lizzie", "liz")}
    assert neither(["liz", "lizzie", "elizabeth", "karen"], pair) == pair | {
        ("liz", "elizabeth"), ("elizabeth", "liz"), ("lizzie", "elizabeth"), ("elizabeth", "lizzie"),
    }  # fmt: skip
    assert neither(["liz"], set()) == frozenset()
