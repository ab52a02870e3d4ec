"""Numbers as people write them."""

import pytest
from flask import Flask

from citizen.participation.report import percent


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0%"), (0.001, "< 1%"), (0.005, "1%"), (0.666, "67%"), (1.0, "100%")]
)
def test_more_than_nothing_never_reads_as_nothing(app: Flask, share: float, text: str) -> None:
    assert percent(share) == text
