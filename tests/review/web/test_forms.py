"""What a form sent, and nothing else."""

import pytest

from themes.review.web.forms import MOST_BYTES, MOST_FIELDS, BadForm, parse

KIND = "application/x-www-form-urlencoded"


def test_names_have_their_values_in_the_order_sent():
    form = parse(b"code=food&do=decide&code=staff&memo=a%0D%0Ab+%F0%9F%92%94&empty=", f"{KIND}; charset=utf-8")
    assert form.all("code") == ("food", "staff")
    assert form.one("code") == "staff"
    assert (form.one("memo"), form.one("empty"), form.one("missing"), form.all("missing")) == ("a\nb 💔", "", "", ())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"a=1", "multipart/form-data; boundary=x"),
        (b"a=1", "application/json"),
        (b"a=1", ""),
        (b"a=%FF", KIND),
        (b"a=\xff", KIND),
        (b"a" * (MOST_BYTES + 1), KIND),
        (b"&".join([b"a=1"] * (MOST_FIELDS + 1)), KIND),
    ],
)
def test_what_is_no_form_of_ours_is_refused_and_not_repeated(body, kind):
    with pytest.raises(BadForm) as caught:
        parse(body, kind)
    assert str(caught.value) == ""
