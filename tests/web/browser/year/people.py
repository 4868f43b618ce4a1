"""The people of the story, each in a browser of their own."""

import re
from pathlib import Path

SCREENS = Path("test-results/screens/year")
#: How long work of the worker may take here, in milliseconds.
LONG = 240_000


class Person:
    """Somebody at a screen: goes to pages, fills in forms, presses, and says what is seen."""

    def __init__(self, context, name, screens):
        self.page, self.name, self._screens = context.new_page(), name, screens
        self.page.set_default_timeout(60_000)
        self._faults = []
        self.page.on("pageerror", lambda error: self._faults.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message):
        # a server that refuses says so with its status, which Chromium notes in its console
        if message.type == "error" and " 422 " not in message.text:
            self._faults.append(message.text)

    def sign_in(self, password):
        self.go("/account/sign-in")
        self.fill(username=self.name, password=password)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url(re.compile(r"^http://[^/]+/(my/)?$"))

    def go(self, path):
        self.page.goto(path)
        return self

    def fill(self, **fields):
        """Fill in fields by their names: a text, one of several, several of them, or files."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name={name}]").first
            kind = field.evaluate("each => each.tagName === 'INPUT' ? each.type : each.tagName")
            if kind == "radio":
                self.page.check(f"main [name={name}][value='{value}']")
            elif kind == "checkbox" and isinstance(value, bool):
                field.set_checked(value)
            elif kind == "checkbox":
                for each in value:
                    self.page.check(f"main [name={name}][value='{each}']")
            elif kind == "file":
                field.set_input_files(value)
            elif kind == "SELECT":
                field.select_option(value)
            else:
                field.fill(str(value))
        return self

    def press(self, words):
        """Press the button, or follow the link, that says these words."""
        self.page.locator("main").locator("button, a").filter(has_text=words).first.click()
        self.page.wait_for_load_state()
        return self

    def send(self):
        """Press the main button of the form."""
        self.page.locator("main form button.main").last.click()
        self.page.wait_for_load_state()
        return self

    def sees(self, *words, long=False):
        """What stands on the page; ``long``: once the worker is done with it."""
        for each in words:
            found = self.page.locator("main").get_by_text(each).first
            found.wait_for(timeout=LONG if long else 30_000)
        return self

    def sees_done(self, *words):
        """The message that something was done, with words of it."""
        self.page.locator(".told.success").first.wait_for()
        said = " ".join(self.page.locator(".told.success").all_inner_texts())
        assert all(each in said for each in words), said
        return self

    def is_refused(self, *words):
        """The reasons against what was sent, with words of them."""
        self.page.locator(".fault").first.wait_for()
        said = " ".join(self.page.locator(".fault").all_inner_texts())
        assert all(each in said for each in words), said
        return self

    def text(self, selector="main"):
        return self.page.locator(selector).first.inner_text()

    def picture(self, name):
        """A picture of the page, where they are kept; it scrolls down only, without a fault."""
        if self._screens:
            self._screens.mkdir(parents=True, exist_ok=True)
            path = self._screens / f"{name}.png"
            self.page.screenshot(path=path, full_page=True, caret="initial")
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        assert self._faults == [], self._faults
        return self

    def download(self, words, path):
        """Save the file of a link."""
        with self.page.expect_download() as loading:
            self.page.locator("main").locator("a").filter(has_text=words).first.click()
        loading.value.save_as(path)
        return path


class People:
    """Who takes part: each signs in once, and stays at the screen through the year."""

    def __init__(self, chromium, office, screens, *, pictures):
        self._chromium, self._office, self._screens = chromium, office, screens
        self._pictures = pictures
        self._there = {}

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._there:
            self._there[name] = self._come(name)
        return self._there[name]

    def _come(self, name):
        outside = name == "citizen"
        site = self._office.public if outside else self._office.bureau
        context = self._chromium.new_context(
            base_url=site.url, viewport={"width": 1366, "height": 768}, locale="zh-CN"
        )
        context.add_cookies([{"name": "dingdian-language", "value": "zh-hans", "url": site.url}])
        person = Person(context, name, self._screens if self._pictures else None)
        if not outside:
            person.sign_in(self._office.passwords[name])
        return person

    def leave(self):
        """Close their browsers; what is on each screen is kept where something went wrong."""
        for each in self._there.values():
            each.page.context.close()

    def keep_screens(self):
        """A picture of what everybody has on the screen now."""
        self._screens.mkdir(parents=True, exist_ok=True)
        for name, each in self._there.items():
            each.page.screenshot(path=self._screens / f"at-the-fault-{name}.png", full_page=True)
