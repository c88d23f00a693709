"""Addresses: which are safe to follow, and where they lead."""

from __future__ import annotations

import pytest

from weeknote.web.addresses import absolute, is_safe, is_web_address, without_redirect


@pytest.mark.parametrize(
    ("url", "picture", "safe"),
    [
        pytest.param("data:image/png;base64,x", True, True, id="picture in its own address"),
        pytest.param("data:image/png;base64,x", False, False, id="the same, to be followed"),
        pytest.param("data:image/svg+xml,x", True, False, id="picture that can hold a script"),
        pytest.param("&#106;avascript:x()", False, False, id="scheme in a character reference"),
        pytest.param("%20javascript:x()", False, False, id="blank before the scheme"),
        pytest.param("#a:b", False, True, id="fragment with a colon"),
    ],
)
def test_a_browser_runs_nothing_of_a_safe_address(url: str, picture: bool, safe: bool) -> None:
    """A picture may be written in its own address, if it can hold no script."""
    assert is_safe(url, picture=picture) is safe


@pytest.mark.parametrize(
    "url",
    ["http://[", "https://www.google.com/url?q=javascript:x()", "https://www.google.com/url?sa=D", "https://a.example"],
    ids=["no address", "to a script", "to nothing", "no redirect"],
)
def test_a_redirect_is_followed_to_a_web_address_only(url: str) -> None:
    """Anything else stays as it is written."""
    assert without_redirect(url) == url


def test_an_address_that_cannot_be_read_leads_nowhere() -> None:
    """It is kept, and is none of the web."""
    assert absolute("http://[", "https://example.org/") == "http://["
    assert not is_web_address("http://[")
