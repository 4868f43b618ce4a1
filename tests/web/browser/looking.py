"""What every screen has to show."""


def fits(page):
    """No sideways scrolling, and nothing in the console."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.faults == []
