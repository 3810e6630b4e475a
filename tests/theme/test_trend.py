import pytest

from themes.theme.trend import InPeriod, direction


def months(*counts):
    return [InPeriod(f"2026-{n:02d}", cases, spoke) for n, (cases, spoke) in enumerate(counts, 1)]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([(100, 5), (100, 10), (100, 30)], "rising"),
        ([(100, 30), (100, 10), (100, 5)], "falling"),
        ([(100, 10), (100, 11), (100, 9)], "steady"),
        ([(10, 1), (10, 2), (10, 3)], "steady"),
        ([(50, 5), (500, 50), (5000, 500)], "steady"),
        ([(10, 10), (10, 10), (10, 10)], "steady"),
        ([(100, 5), (100, 90)], ""),
        ([(100, 5), (0, 0), (100, 90)], ""),
        ([(100, 0), (100, 0), (100, 0)], ""),
        ([], ""),
    ],
)
def test_a_trend_is_told_where_the_share_of_people_clearly_moves(counts, told):
    assert direction(months(*counts)) == told
