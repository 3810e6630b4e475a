"""What readers are told for what records hold as ids, months and the values of a codebook's dimensions; and counts."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
PLAIN = {
    "claimant": "person on benefits",
    "carer_family": "carer or family",
    "provider_adviser": "adviser or provider",
    "jcp_staff": "Jobcentre staff",
    "policy_campaigner": "campaigner",
    "public": "member of the public",
    "unknown": "not known",
    "answer": "survey answer",
}
"""Others have their underscores taken out."""


def number(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> number(1, "text"), number(1200, "text")
    ('1 text', '1,200 texts')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
