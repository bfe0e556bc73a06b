// One status node lives as long as the page: a screen reader hears only changes inside a node it knows.
const WAIT = 500; // a row of quick clicks is announced once
const COPIED = 2500;
const DRAWN = 250; // by then the questions of this run stand on the page

function statusOf(parent) {
  let node = parent.querySelector("[role=status]");
  if (!node) {
    node = document.createElement("p");
    node.setAttribute("role", "status");
    node.setAttribute("aria-live", "polite");
    node.className = "hidden";
    parent.append(node);
  }
  return node;
}

function say(live, text, wait) {
  clearTimeout(live.timer);
  live.timer = setTimeout(() => {
    if (live.status.textContent !== text) live.status.textContent = text;
  }, wait);
}

function localise(live) {
  document.documentElement.lang = live.data.language;
  const skip = document.querySelector("a[data-testid=stSkipToContent]");
  if (skip && skip.textContent !== live.data.words.skip) skip.textContent = live.data.words.skip;
}

// Streamlit names a group by its label's Markdown, backslashes and all; the name is what is seen.
function nameGroups() {
  for (const group of document.querySelectorAll("[data-testid=stButtonGroup]")) {
    const seen = group.querySelector("[data-testid=stWidgetLabel]")?.textContent.replaceAll("\u2060", "").trim();
    const named = group.querySelector("[role=radiogroup], [role=toolbar]");
    if (seen && named && named.getAttribute("aria-label") !== seen) named.setAttribute("aria-label", seen);
  }
}

// A fold opens in its own time, and what is not shown yet does not take the focus: try until it does.
function focusOn(node, then, left = 90) {
  node.focus({ preventScroll: true });
  if (document.activeElement === node) then();
  else if (left) requestAnimationFrame(() => focusOn(node, then, left - 1));
}

function goTo(target, focused, place) {
  target.closest("details:not([open])")?.querySelector("summary")?.click();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  focusOn(focused, () => target.scrollIntoView({ block: place, behavior: still ? "auto" : "smooth" }));
}

function toRow(live, fact) {
  const row = document.querySelector("." + CSS.escape("st-key-" + live.data.rows + fact));
  const option = row?.querySelector("[aria-checked=true], [aria-pressed=true]") ?? row?.querySelector("button");
  if (option) goTo(row, option, "center");
}

function toCard(id) {
  const card = document.getElementById(id);
  if (card) goTo(card, card, "start");
}

async function write(plain, html) {
  if (html && window.ClipboardItem) {
    const blob = (type, text) => new Blob([text], { type });
    const item = { "text/plain": blob("text/plain", plain), "text/html": blob("text/html", html) };
    return navigator.clipboard.write([new ClipboardItem(item)]);
  }
  return navigator.clipboard.writeText(plain);
}

async function copy(live, button) {
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  try {
    await write(decodeURIComponent(button.dataset.copy), decodeURIComponent(button.dataset.copyHtml ?? ""));
    button.textContent = live.data.words.copied;
    say(live, live.data.words.copied, 0);
    setTimeout(() => {
      button.textContent = label;
    }, COPIED);
  } catch {
    say(live, live.data.words.copy_failed, 0);
    const preview = button.parentElement.querySelector(".preview");
    preview?.focus();
    if (preview) getSelection()?.selectAllChildren(preview);
  }
}

function listen(live) {
  const click = (event) => {
    const it = event.target.closest?.("[data-copy], [data-row], [data-show]");
    if (!it) return;
    event.preventDefault(); // nothing about a visit may end in the address
    if (it.dataset.copy !== undefined) copy(live, it);
    else if (it.dataset.row) toRow(live, it.dataset.row);
    else toCard(it.dataset.show);
  };
  document.addEventListener("click", click);
  return () => document.removeEventListener("click", click);
}

function startOver(live) {
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  say(live, live.data.words.cleared, 0);
}

export default function ({ data, parentElement }) {
  let live = parentElement.live;
  if (!live) {
    live = parentElement.live = { status: statusOf(parentElement), data, timer: 0 };
    live.stop = listen(live);
    live.status.textContent = data.announcement;
  }
  const before = live.data;
  live.data = data;
  localise(live);
  setTimeout(nameGroups, DRAWN);
  if (before.visit !== data.visit) startOver(live);
  else if (before.announcement !== data.announcement) say(live, data.announcement, WAIT);
  return () => {
    live.stop();
    clearTimeout(live.timer);
    parentElement.live = undefined;
  };
}
