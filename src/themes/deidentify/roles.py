"""The words that announce a person, and what a surrogate calls the person they announce."""

from themes.deidentify.lexicon import context, roles

ROLE_OF = {word: role for role, words in roles().items() for word in words.split()}
KIN = frozenset(word for word, role in ROLE_OF.items() if role in {"relative", "friend"}) | context("kin_besides")
ROLES = (frozenset(ROLE_OF) - KIN) | context("roles_besides")
TITLES = context("titles")
TITLE_ROLES = {
    "dr": "doctor", "doctor": "doctor", "nurse": "nurse", "cllr": "councillor", "councillor": "councillor",
    "auntie": "relative", "aunt": "relative", "uncle": "relative",
}  # fmt: skip
MET = frozenset(word for word, role in ROLE_OF.items() if role != "councillor")
"""Who is said to be met is no public figure, though called like one: "my adviser Tom Jones"."""
