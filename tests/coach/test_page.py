"""The docs list every check as the code has it."""

import pytest

from tests.coach.page import PAGES, written


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_up_to_date(language: str) -> None:
    assert PAGES[language].read_text(encoding="utf-8") == written(language), "run python -m tests.coach.page"
