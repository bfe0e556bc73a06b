"""The server around the pages, as a browser and a curious visitor meet it."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mantelzorg.web.server import SCRIPT_FAILED, asgi_app

ROOT = Path(__file__).parents[2]
CANARY = "Zzyx Testpatient"
SCRIPT = f"""
import gc
import threading
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from mantelzorg.web.server import app_options

def break_down():
    raise ValueError("{CANARY}")

if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(__file__, **app_options(break_down))
elif "fails" in st.query_params:
    try:
        break_down()
    except ValueError as error:
        raise RuntimeError("for {CANARY}") from error
elif "thread" in st.query_params:
    thread = threading.Thread(target=break_down)
    thread.start()
    thread.join()
    st.write("thread ended")
else:
    st.html("<p style='color: navy'>an html part</p>")
    live = st.components.v2.component(
        "live",
        html="<p id='live'></p>",
        css="p {{ color: green }}",
        js="export default ({{data, parentElement}}) => "
        "{{ parentElement.querySelector('#live').textContent = data.text }}",
    )
    live(data={{"text": "a component"}})
    st.write("frozen:", gc.get_freeze_count() > 0)
    choice = st.segmented_control("Keuze", ["ja", "nee"])
    st.write("chosen:", choice)
    st.download_button("Save", b"content", "letter.txt", on_click="ignore")
    one, two = st.tabs(["one", "two"])
    two.write("second tab")
    with st.expander("More"):
        st.write("inside")
    st.graphviz_chart("digraph {{ a -> b }}")
"""


@dataclass(frozen=True)
class Site:
    """A running server and what it wrote so far."""

    port: int
    log_file: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8")

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask for exactly this path: nothing tidies it up on the way."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "page.py").write_text(SCRIPT, encoding="utf-8")
    site = Site(free_port(), folder / "log.txt")
    options = ["--server.address=127.0.0.1", f"--server.port={site.port}", "--server.headless=true"]
    command = [sys.executable, "-m", "streamlit", "run", "page.py", *options, "--browser.gatherUsageStats=false"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (
        site.log_file.open("wb") as log,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            wait_until_healthy(site, server)
            yield site
        finally:
            server.terminate()


def wait_until_healthy(site: Site, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and server.poll() is None:
        try:
            if site.get("/_stcore/health")[0].status == 200:
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"The server did not start:\n{site.log}")


class TestHeaders:
    @pytest.mark.parametrize("path", ["/", "/some-page", "/healthz", "/_stcore/health", "/_stcore/metrics", "//x"])
    def test_every_answer_is_protected(self, site: Site, path: str) -> None:
        response, _ = site.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "object-src 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in response.headers["Permissions-Policy"]
        assert response.headers["Cache-Control"] == "no-store"

    def test_no_script_may_be_inline_or_made_of_text(self, site: Site) -> None:
        policy = site.get("/")[0].headers["Content-Security-Policy"]
        scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "'unsafe-inline'" not in scripts
        assert "'unsafe-eval'" not in scripts

    def test_sockets_go_to_this_host_only(self, site: Site) -> None:
        policy = site.get("/", Host="zorg.example:8443")[0].headers["Content-Security-Policy"]
        assert "connect-src 'self' ws://zorg.example:8443 wss://zorg.example:8443;" in policy

    def test_a_host_cannot_add_to_the_policy(self, site: Site) -> None:
        response, _ = site.get("/", Host="x; script-src *")
        assert "*" not in response.headers["Content-Security-Policy"]

    def test_hashed_assets_stay_cacheable(self, site: Site) -> None:
        page = site.get("/")[1].decode()
        script = page.split('type="module" crossorigin src=".')[1].split('"')[0]
        assert "immutable" in site.get(script)[0].headers["Cache-Control"]


class TestFirstPage:
    @pytest.mark.parametrize("path", ["/", "/some-page", "/index.html"])
    def test_is_dutch_before_it_paints(self, site: Site, path: str) -> None:
        response, body = site.get(path, Accept_Encoding="gzip", Range="bytes=0-99")
        page = body.decode()
        assert response.status == 200
        assert '<html lang="nl">' in page
        assert "<title>Is dit mantelzorg?</title>" in page
        assert "Zet JavaScript aan" in page
        assert "_stcore/agent" not in page
        assert page.endswith("</html>\n")

    def test_is_sent_whole_and_with_its_own_length(self, site: Site) -> None:
        response, body = site.get("/", If_None_Match="*")
        assert response.status == 200
        assert int(response.headers["Content-Length"]) == len(body)
        assert response.headers["ETag"] is None

    def test_answers_a_question_about_its_headers(self, site: Site) -> None:
        response, body = site.get("/", method="HEAD")
        assert (response.status, body) == (200, b"")


class TestRoutes:
    def test_tells_that_it_is_well(self, site: Site) -> None:
        response, body = site.get("/healthz")
        assert (response.status, body) == (200, b'{"status":"ok"}')

    @pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config"])
    def test_leaves_open_what_the_page_needs(self, site: Site, path: str) -> None:
        assert site.get(path)[0].status == 200

    @pytest.mark.parametrize(
        "path",
        [
            "/_stcore/metrics",
            "/_stcore/metrics/",
            "/_stcore/%6detrics",
            "/_stcore/metrics?families=cache_memory_bytes",
            "/_stcore/agent",
            "/_stcore/agent/openapi.json",
            "/_stcore/agent/mcp",
            "/_stcore//agent/mcp",
            "/a/page/_stcore/agent/interact",
        ],
    )
    def test_closes_what_tells_about_visitors_or_answers_programs(self, site: Site, path: str) -> None:
        response, body = site.get(path)
        assert (response.status, body) == (404, b"Not Found")

    @pytest.mark.parametrize(
        "path",
        [
            "/static/../../../../etc/passwd",
            "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
            "/static/..%5c..%5cwindows%5cwin.ini",
            "/media/../page.py",
            "/media/%2e%2e%2fpage.py",
            "/component/..%2f..%2fpage.py",
            "/%5c%5chost%5cshare",
            "//host/share",
            "/..%2fpage.py",
        ],
    )
    def test_refuses_to_leave_its_folders(self, site: Site, path: str) -> None:
        response, body = site.get(path)
        assert 400 <= response.status < 500
        assert b"root:" not in body
        assert CANARY.encode() not in body


@pytest.mark.browser
class TestInTheBrowser:
    def test_everything_the_pages_use_works_under_the_policy(self, site: Site, browser: Browser) -> None:
        page = browser.new_page()
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site.url)
        page.get_by_text("an html part").wait_for()
        page.get_by_text("a component").wait_for()
        page.get_by_text("frozen: True").wait_for()
        page.locator("svg g.node").first.wait_for()
        page.get_by_role("radio", name="ja").click()
        page.get_by_text("chosen: ja").wait_for()
        page.get_by_role("tab", name="two").click()
        page.get_by_text("second tab").wait_for()
        page.get_by_text("More").click()
        page.get_by_text("inside").wait_for()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save").click()
        assert download.value.path().read_bytes() == b"content"
        page.close()
        assert said == []
        assert [url for url in asked if not url.startswith((site.url, "blob:", "data:"))] == []

    def test_a_failing_page_says_so_plainly_and_logs_no_value(self, site: Site, browser: Browser) -> None:
        page = browser.new_page()
        page.goto(f"{site.url}/?fails=1")
        page.get_by_text(SCRIPT_FAILED).wait_for()
        shown = page.content()
        page.close()
        assert "Traceback" not in shown
        assert "page.py" not in shown
        assert CANARY not in shown
        assert "RuntimeError (message withheld)" in site.log
        assert "ValueError (message withheld)" in site.log
        assert "page.py:9 in break_down" in site.log
        assert "Zzyx" not in site.log

    def test_a_failing_thread_logs_no_value(self, site: Site, browser: Browser) -> None:
        page = browser.new_page()
        page.goto(f"{site.url}/?thread=1")
        page.get_by_text("thread ended").wait_for()
        page.close()
        assert "A thread failed" in site.log
        assert "Zzyx" not in site.log


def test_a_failing_warm_up_is_logged_and_does_not_stop_the_server(site: Site) -> None:
    assert "Warming up failed" in site.log
    assert "Zzyx" not in site.log


def test_the_app_for_other_servers_knows_its_script() -> None:
    assert asgi_app(__file__).script_path == Path(__file__)
