"""docs/topics.md says what the catalogue says."""

from topics import page


def test_the_page_is_up_to_date():
    written = page.PAGE.read_text()
    assert page.page(written) == written, "run `python -m topics generate`"
