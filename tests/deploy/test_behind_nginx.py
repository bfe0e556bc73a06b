"""The shipped nginx configuration in front of two real processes."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
from itertools import pairwise

import pytest
from behind_nginx import NAME
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from mantelzorg.reports.qr import qr_code

from .conftest import ANY_CERTIFICATE, HERE, Answer, Site

ONCE = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cache-Control",
    "Strict-Transport-Security",
    "Server",
)
CHOICE = [("relationship", "ouder"), ("care_reason", "dementie"), ("beyond_usual", "nee, bijna niets")]
MEGABYTE = 1_000_000


class TestAVisit:
    def test_stays_at_the_process_that_served_its_first_page(self, site: Site) -> None:
        first = [site.ask("/").cookie for _ in range(8)]
        assert set(first) == {"1", "2"}
        for process in (1, 2):
            assert [site.ask("/_stcore/health", **site.visit(process)).cookie for _ in range(8)] == [None] * 8

    def test_is_told_apart_from_another_by_its_cookie_and_not_by_its_address(self, site: Site) -> None:
        for number, process in enumerate("1212", 1):
            site.ask("/zelf", "DELETE", source="127.0.0.9", **site.visit(int(process)))
            lines = site.logged("DELETE", number)
        assert [line.rpartition(" ")[2] for line in lines] == ["1", "2", "1", "2"]

    @pytest.mark.parametrize("cookie", ["", "3", "mantelzorg_rooms", "1; 2", "1%0d%0aX: y", "127.0.0.1:22"])
    def test_begins_anew_with_a_cookie_that_names_no_process(self, site: Site, cookie: str) -> None:
        answer = site.ask("/", Cookie=f"mantelzorg_process={cookie}")
        # "1; 2" is the cookie 1 with something behind it.
        assert (answer.status, answer.cookie) == (200, None) if cookie == "1; 2" else answer.cookie in ("1", "2")

    def test_keeps_its_cookie_from_scripts_and_from_http(self, site: Site) -> None:
        told = [value for value in site.ask("/").values("Set-Cookie") if value.startswith("mantelzorg_process=")]
        assert re.fullmatch(r"mantelzorg_process=[12]; Path=/; Secure; HttpOnly; SameSite=Lax", told[0])
        health = site.ask("/_stcore/health").values("Set-Cookie")
        assert all("; Secure" in value for value in health)

    def test_is_not_moved_by_a_training_in_the_same_browser(self, site: Site) -> None:
        for process in (1, 2):
            answers = [site.ask(path, **site.visit(process)) for path in ("/training", "/mee", "/healthz")]
            assert [(answer.status, answer.cookie) for answer in answers] == [(200, None)] * 3


class TestHeaders:
    @pytest.mark.parametrize("path", ["/", "/zelf", "/training", "/mee", "/_stcore/health", "/healthz", "static"])
    def test_come_once(self, site: Site, path: str) -> None:
        for _ in range(2):  # the second time a static file comes from the cache
            answer = site.ask(script_of(site) if path == "static" else path)
            assert answer.status == 200
            assert {name: len(answer.values(name)) for name in ONCE} == dict.fromkeys(ONCE, 1)
        assert answer.values("Server") == ["nginx"]

    def test_let_the_page_connect_to_its_own_address_only(self, site: Site) -> None:
        policy = site.ask("/").values("Content-Security-Policy")[0]
        assert f"connect-src 'self' ws://{HERE}:{site.nginx.tls} wss://{HERE}:{site.nginx.tls};" in policy

    def test_are_also_on_what_nginx_says_itself(self, site: Site) -> None:
        answer = site.ask("/mee/BCDF/vote", "POST", b"x" * 100_000)
        assert answer.status == 413
        assert {name: len(answer.values(name)) for name in ONCE} == dict.fromkeys(ONCE, 1)

    def test_say_that_it_is_compressed(self, site: Site) -> None:
        script = script_of(site)
        plain, small = site.ask(script), site.ask(script, Accept_Encoding="gzip")
        assert small.values("Content-Encoding") == ["gzip"]
        assert len(small.body) < len(plain.body) / 2
        assert "immutable" in small.values("Cache-Control")[0]


def script_of(site: Site) -> str:
    """The address of the largest script of the pages."""
    page = site.ask("/").body.decode()
    return page.split('type="module" crossorigin src=".')[1].split('"')[0]


class TestTooMuch:
    def test_is_refused_with_a_clear_answer(self, site: Site) -> None:
        answer = site.ask("/training/rooms", "POST", b"x" * 100_000)
        assert answer.status == 413
        assert "Dit is te groot om te versturen" in answer.body.decode()
        assert "too large" in answer.body.decode()

    @pytest.mark.parametrize("path", ["/training/overview", "/_stcore/upload_file/visit/file"])
    def test_is_more_where_files_come_in(self, site: Site, path: str) -> None:
        method = "POST" if path.startswith("/training") else "PUT"
        fits, more = (site.ask(path, method, b"x" * size) for size in (5 * MEGABYTE, 7 * MEGABYTE))
        assert fits.status in (403, 422), "the app itself must answer this"
        assert (more.status, "te groot" in more.body.decode()) == (413, True)


class TestAStranger:
    def test_cannot_be_somebody_else_by_a_header(self, site: Site) -> None:
        tries = [wrong_code(site, "127.0.0.2", X_Forwarded_For=f"198.51.100.{number}") for number in range(60)]
        assert tries[0] == 404
        assert tries[-1] == 429, "each made-up address could try codes anew"
        assert wrong_code(site, "127.0.0.3") == 404

    def test_cannot_shut_out_somebody_else_by_a_header(self, site: Site) -> None:
        names = ("X_Forwarded_For", "X_Real_IP", "Forwarded")
        for _ in range(60):
            wrong_code(site, "127.0.0.4", **dict.fromkeys(names, "127.0.0.5"))
        assert wrong_code(site, "127.0.0.5") == 404

    def test_is_sent_to_https(self, site: Site) -> None:
        connection = http.client.HTTPConnection(HERE, site.nginx.plain, timeout=10)
        connection.request("GET", "/zelf?a=b")
        response = connection.getresponse()
        assert (response.status, response.headers["Location"]) == (301, f"https://{HERE}/zelf?a=b")
        connection.close()

    def test_gets_no_answer_by_another_name(self, site: Site) -> None:
        with pytest.raises(http.client.RemoteDisconnected):
            site.ask("/", Host="elsewhere.example")

    @pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/static/%2e%2e/app.py"])
    def test_finds_closed_what_is_closed(self, site: Site, path: str) -> None:
        assert site.ask(path).status in (400, 404)

    def test_cannot_reach_the_processes_from_another_machine(self, site: Site) -> None:
        for app in site.apps:
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.2", app.port)) != 0, "it listens on more than 127.0.0.1"


def wrong_code(site: Site, source: str, **headers: str) -> int:
    return site.ask("/mee/BCDF/now", source=source, **headers).status


class TestARoom:
    def test_opened_at_one_process_is_seen_at_the_other(self, site: Site) -> None:
        trainer, phone = sources_of_both(site)
        asked = {"language": "nl", "rhythm": "quiz", "cases": ["fatma"]}
        opened = site.ask("/training/rooms", "POST", asked, source=trainer)
        assert opened.status == 201
        code = json.loads(opened.body)["code"]
        seat = site.ask(f"/mee/{code}/seat", "POST", {"seat": "0" * 32}, source=phone)
        assert seat.status == 204
        wall = site.ask(f"/training/rooms/{code}/beamer/now", source=trainer)
        assert wall.status == 200
        assert re.search(r"\b1\b", json.loads(wall.body)["html"]), "the phone is not counted"

    def test_sends_phones_to_https(self, site: Site) -> None:
        asked = {"language": "nl", "rhythm": "quiz", "cases": ["fatma"]}
        named = {"Host": NAME, "X_Forwarded_Proto": "http"}
        code = json.loads(site.ask("/training/rooms", "POST", asked, **named).body)["code"]
        wall = json.loads(site.ask(f"/training/rooms/{code}/beamer/now", **named).body)["html"]
        assert qr_code(f"https://{NAME}/mee/{code}") in wall

    def test_lets_in_two_hundred_phones_behind_one_address(self, site: Site) -> None:
        connection = http.client.HTTPSConnection(HERE, site.nginx.tls, timeout=20, context=ANY_CERTIFICATE)
        seen = set()
        for _ in range(1200):  # six things each
            connection.request("GET", "/training/static/phone.js")
            response = connection.getresponse()
            response.read()
            seen.add(response.status)
        connection.close()
        assert seen == {200}


def sources_of_both(site: Site) -> tuple[str, str]:
    """Two addresses whose rooms are at different processes."""
    found: dict[str, str] = {}
    for number in range(1, 40):
        source = f"127.0.0.{number + 20}"
        site.ask("/mee", "OPTIONS", source=source)
        found.setdefault(site.logged("OPTIONS", number)[-1].rpartition(" ")[2], source)
        if len(found) == 2:
            return found["1"], found["2"]
    raise AssertionError("all addresses are at one process")


class TestTheLog:
    def test_names_no_query_no_address_and_nothing_that_was_sent(self, site: Site) -> None:
        who, said = "127.0.0.66", "Zzyx-Testpatient"
        told = {"Referer": f"https://{said}/", "User_Agent": said, "X_Forwarded_For": who, "Cookie": f"a={said}"}
        paths = [f"/?naam={said}", f"/zelf?{said}", f"/{said}", f"/mee/{said}", f"/mee/{said}/now?r={said}"]
        paths += [f"/training/rooms/{said}", f"/media/{said}.pdf", f"/_stcore/upload_file/{said}/{said}"]
        for path in paths:
            site.ask(path, source=who, **told)
            site.ask(path, "PATCH", source=who, **told)
        site.ask(f"/mee/{said}/vote", "PATCH", {"choice": said}, source=who, **told)
        site.ask(f"/mee/{said}/vote", "PATCH", said.encode() * 10_000, source=who, **told)
        lines = site.logged("PATCH", 10)
        assert len(lines) == 10
        assert {line.split(" ")[2] for line in lines} >= {"/", "/zelf", "/mee/-", "/training/rooms/-", "-"}
        written = site.written().lower()
        assert said.lower() not in written
        assert who not in written


@pytest.mark.browser
class TestInTheBrowser:
    @pytest.fixture
    def context(self, browser: Browser) -> BrowserContext:
        return browser.new_context(ignore_https_errors=True, accept_downloads=True)

    def test_a_click_gives_a_verdict(self, site: Site, context: BrowserContext) -> None:
        page = opened(site, context)
        first = page.locator("#verdict-title").inner_text()
        for fact, label in CHOICE:
            choose(page, fact, label)
        expect(page.locator("#verdict-title")).not_to_have_text(first)
        context.close()

    def test_a_visit_stays_open_while_nginx_reads_its_configuration_again(
        self, site: Site, context: BrowserContext
    ) -> None:
        page = opened(site, context)
        opened_anew: list[object] = []
        page.on("websocket", lambda socket: opened_anew.append(socket.url))
        before = set(site.nginx.pids())
        site.nginx.process.send_signal(signal.SIGHUP)
        for _ in range(200):
            if set(site.nginx.pids()) - before:
                break
            page.wait_for_timeout(50)
        else:
            raise AssertionError("nginx did not read its configuration again")
        choose(page, *CHOICE[0])
        assert opened_anew == []
        context.close()

    def test_a_visit_goes_on_when_its_process_is_killed(self, site: Site, context: BrowserContext) -> None:
        page, asked_alone = opened(site, context), context.new_page()
        first = page.locator("#verdict-title").inner_text()
        for fact, label in CHOICE:
            choose(page, fact, label)
        expect(page.locator("#verdict-title")).not_to_have_text(first)
        said = page.locator("#verdict-title").inner_text()
        title = begun_self_check(site, asked_alone)
        mine = process_of(context)
        killed = site.apps[int(mine) - 1]
        killed.end(signal.SIGKILL)
        try:
            expect_moved(context, mine)
            choose(page, "without_help", "gaat mis")
            for fact, label in CHOICE:
                expect(chosen(page, fact, label)).to_be_visible()
            expect(page.locator("#verdict-title")).to_have_text(said)
            with page.expect_download() as download:
                page.get_by_role("button", name="PDF").first.click()
            assert download.value.path().read_bytes().startswith(b"%PDF")
            expect(asked_alone.locator(".sc-title")).to_have_text(title)
            asked_alone.locator("[class*=st-key-choices] label:has(input)").first.click()
            asked_alone.locator(".st-key-sc-forward button").click()
            expect(asked_alone.locator(".sc-title")).not_to_have_text(title)
            answers = [site.ask(path) for path in ("/", "/mee", "/training", "/healthz") for _ in range(4)]
            assert {answer.status for answer in answers} == {200}
        finally:
            context.close()
            killed.start()
            killed.wait()
        assert HERE not in site.nginx.logs()

    def test_everybody_away_is_told_plainly(self, site: Site) -> None:
        for app in site.apps:
            app.end()
        try:
            answer: Answer = site.ask("/")
        finally:
            for app in site.apps:
                app.start()
            for app in site.apps:
                app.wait()
        assert answer.status == 503
        assert "even niet bereikbaar" in answer.body.decode()
        assert answer.values("Retry-After") == ["10"]


def opened(site: Site, context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(site.nginx.url)
    expect(page.locator("#verdict")).to_be_visible(timeout=20_000)
    return page


def chosen(page: Page, fact: str, label: str) -> Locator:
    """The option, if it is chosen."""
    row = page.locator(f"[class*='st-key-q'][class*='-{fact} ']")
    return row.locator(":is([aria-checked=true], [aria-pressed=true])").filter(has_text=label)


def choose(page: Page, fact: str, label: str) -> None:
    row = page.locator(f"[class*='st-key-q'][class*='-{fact} ']")
    row.locator("button").get_by_text(label, exact=True).click()
    expect(chosen(page, fact, label)).to_be_visible()


def begun_self_check(site: Site, page: Page) -> str:
    """A self-check with one answer; the title of the question that it is at."""
    page.goto(f"{site.nginx.url}/zelf")
    titles = [page.locator(".sc-title").inner_text()]
    for button in ("begin", "forward", "forward"):
        if button == "forward" and len(titles) == 3:
            page.locator("[class*=st-key-choices] label:has(input)").first.click()
        page.locator(f".st-key-sc-{button} button").click()
        # For a moment the old title stands below the new one.
        expect(page.locator(".sc-title").first).not_to_have_text(titles[-1])
        titles.append(page.locator(".sc-title").first.inner_text())
    assert all(one != other for one, other in pairwise(titles))
    return titles[-1]


def process_of(context: BrowserContext) -> str:
    return next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "mantelzorg_process")


def expect_moved(context: BrowserContext, before: str) -> None:
    """Until the pages of this browser found another process."""
    page = context.pages[0]
    for _ in range(200):
        if process_of(context) != before:
            return
        page.wait_for_timeout(50)
    raise AssertionError("nobody took the visit over")
