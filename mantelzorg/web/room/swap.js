"use strict";
/* Shared by the pages of a room: ask again and again, and change only what is different. */
const Room = (() => {
  const find = (id) => document.getElementById(id);
  const words = JSON.parse(document.body.dataset.words || "{}");

  /* Make `old` like `fresh` in place, so that focus, open details and half-typed text stay. */
  function morph(old, fresh) {
    for (const { name } of [...old.attributes])
      if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    if (old.nodeName === "TEXTAREA" && (old === document.activeElement || old.value !== old.defaultValue)) return;
    let at = old.firstChild;
    for (const want of [...fresh.childNodes]) {
      let node = at;
      if (want.id) node = [...old.children].find((one) => one.id === want.id);
      else if (node && (node.id || node.nodeName !== want.nodeName)) node = null;
      if (!node || node.nodeName !== want.nodeName) old.insertBefore(want, at);
      else {
        if (node !== at) old.insertBefore(node, at);
        if (node.nodeType === 1) morph(node, want);
        else if (node.data !== want.data) node.data = want.data;
        at = node.nextSibling;
      }
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  /* Show a part. True when it is about another step than what stood there: that is drawn anew. */
  function show(root, html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    const fresh = made.content.firstElementChild;
    const old = root.firstElementChild;
    if (old && fresh && old.dataset.key === fresh.dataset.key) {
      morph(old, fresh);
      return false;
    }
    const lost = root.contains(document.activeElement) && document.activeElement !== root;
    root.replaceChildren(made.content);
    const title = root.querySelector("h1");
    if (lost && title) {
      title.tabIndex = -1;
      title.focus();
    }
    return true;
  }

  /* Milliseconds to wait after so many failures: longer each time, never all phones at once. */
  const pause = (fails, first = 1000) => Math.min(first * 2 ** Math.min(fails, 5), 15000) * (0.75 + Math.random() / 2);

  async function ask(address, options) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 8000);
    try {
      const answer = await fetch(address, { cache: "no-store", ...options, signal: stop.signal });
      return { status: answer.status, after: Number(answer.headers.get("Retry-After")) || 0, body: await read(answer) };
    } catch (_) {
      return { status: 0, after: 0, body: null };
    } finally {
      clearTimeout(timer);
    }
  }

  async function read(answer) {
    if (!(answer.headers.get("Content-Type") || "").includes("json")) return null;
    return answer.json();
  }

  const post = (address, body, headers = {}) =>
    ask(address, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) });

  /* Ask `address` every `every` ms while the page is in sight. `on` handles: part(body), net(ok), other(status). */
  function poll(address, every, on, headers = () => ({})) {
    let tag = "", timer = 0, busy = false, fails = 0, stopped = false, again = false;
    const took = (body) => (tag = String(body.tag === undefined ? body.revision : body.tag));
    async function now() {
      clearTimeout(timer);
      if (stopped || document.hidden) return;
      if (busy) return void (again = true);
      busy = true;
      const asked = tag;
      const { status, after, body } = await ask(`${address}?r=${encodeURIComponent(asked)}`, { headers: headers() });
      busy = false;
      if (stopped) return;
      const ok = (status === 200 && body) || status === 204;
      if (ok) fails = 0;
      else fails += 1;
      if (status === 200 && body && asked === tag) {
        took(body);
        if (speaks(body.language)) on.part(body);
      } else if (!ok && status && status < 500 && status !== 429) on.other(status);
      on.net(ok || status === 429 || (status >= 400 && status < 500));
      if (stopped) return;
      const wait = ok ? every * (0.8 + Math.random() * 0.4) : Math.max(after * 1000, pause(fails, every));
      timer = setTimeout(now, again ? 0 : wait);
      again = false;
    }
    const seen = () => document.hidden || now();
    document.addEventListener("visibilitychange", seen);
    addEventListener("online", seen);
    addEventListener("pageshow", seen);
    return {
      now,
      stop: () => ((stopped = true), clearTimeout(timer)),
      start: () => ((stopped = false), (tag = ""), now()),
      took,
    };
  }

  /* Whether the page speaks the language of the room; else it comes back in that language. */
  function speaks(language) {
    const wanted = `?language=${language}`;
    const right = !language || language === document.documentElement.lang || location.search === wanted;
    if (!right) location.replace(location.pathname + wanted);
    return right;
  }

  /* Text in a live region; the same text is not said twice. */
  function tell(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }

  const net = (ok) => tell(find("net"), ok ? "" : words.offline);

  return { find, words, show, post, poll, pause, tell, net };
})();
