"""The verdict of a soak: growth is told from noise and from a start that fills caches."""

import pytest

from bench.growth import verdict


@pytest.mark.parametrize(
    ("samples", "grows"),
    [
        ([100.0] * 9, False),
        ([10, 50, 90, 100, 100, 100, 100, 100, 100], False),  # the start
        ([100, 100, 100, 100, 100, 100, 100, 500, 100], False),  # a peak
        ([100, 110, 120, 130, 140, 150, 160, 170, 180], True),
        ([100, 100, 100, 100, 100, 100, 109, 109, 109], False),  # within the share
        ([1, 1, 1, 1, 1, 1, 8, 8, 8], False),  # within the amount
    ],
)
def test_growth(samples, grows):
    assert verdict(samples, allowed_share=0.10, allowed=10)["grows"] is grows


def test_too_few_samples_are_no_verdict():
    with pytest.raises(ValueError, match="too few"):
        verdict([1, 2, 3], allowed_share=0.1, allowed=0)
