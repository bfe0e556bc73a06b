// What the window does for a self-check: it keeps the answers of this tab, follows the browser's own back and forward,
// reads aloud, prints, says when the connection is gone, and puts the focus on a new question.
const STORE = "mantelzorg-self-check";
const HOUR = 60 * 60 * 1000;
const LOST = 1500; // a connection that is back this soon was never missed
const synthesis = window.speechSynthesis;

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE));
    if (kept && Date.now() - kept.time < HOUR) return kept.visit;
    sessionStorage.removeItem(STORE);
  } catch {
    // storage can be switched off: the self-check then only forgets on a reload
  }
  return null;
}

function write(visit) {
  try {
    if (visit) sessionStorage.setItem(STORE, JSON.stringify({ time: Date.now(), visit }));
    else sessionStorage.removeItem(STORE);
  } catch {
    // as above
  }
}

function remember(mine, data) {
  if (data.fresh) {
    const visit = read();
    if (visit && mine.asked !== data.name) {
      mine.asked = data.name;
      mine.send("kept", visit);
    }
    return;
  }
  write(data.clear ? null : data.kept);
}

// What was kept is on its way to the server.
function waiting(mine, data) {
  return data.fresh && mine.asked === data.name;
}

// Somebody who goes back twice in a row is ahead of the server: what it drew for the first time must not count.
function behind(mine, step) {
  const heard = mine.pending.lastIndexOf(step);
  if (heard < 0 && mine.pending.length && step === mine.shown) return true;
  mine.pending = heard < 0 ? [] : mine.pending.slice(heard + 1);
  mine.shown = step;
  return mine.pending.length > 0;
}

// The address gets a number, never an answer. With a "#" Streamlit leaves the history to us. Every entry knows the step
// before it, also after a reload: the page's own "back" then goes back in the history instead of adding to it.
function follow(mine, data) {
  if (mine.returning || waiting(mine, data) || behind(mine, data.step)) return;
  const place = history.state?.selfCheck;
  if (place?.step === data.step) return;
  if (place && place.before === data.step) {
    mine.returning = true;
    history.back();
    return;
  }
  const next = { n: place ? place.n + 1 : 0, step: data.step, before: place?.step ?? "" };
  const entry = { ...history.state, selfCheck: next };
  if (place) history.pushState(entry, "", `#${next.n}`);
  else history.replaceState(entry, "", `#${next.n}`);
}

function travel(mine, event) {
  const place = event.state?.selfCheck;
  if (mine.returning) mine.returning = false;
  else if (place) {
    mine.pending.push(place.step);
    mine.send("went", place.step);
  }
}

function label(button, reading) {
  button.toggleAttribute("data-reading", reading);
  button.querySelector("span").textContent = reading ? button.dataset.stop : button.dataset.read;
}

function hush() {
  synthesis?.cancel();
  for (const button of document.querySelectorAll("[data-reading]")) label(button, false);
}

function speakerOf(language) {
  return synthesis?.getVoices().find((voice) => voice.lang.replace("_", "-").toLowerCase().startsWith(language));
}

function offerReading(mine) {
  document.documentElement.classList.toggle("can-read", Boolean(speakerOf(mine.data.language)));
}

function readAloud(mine, button) {
  const reading = button.hasAttribute("data-reading");
  hush();
  if (reading) return;
  for (const text of mine.data.spoken) {
    const said = new SpeechSynthesisUtterance(text);
    said.lang = mine.data.language;
    said.voice = speakerOf(mine.data.language) ?? null;
    said.rate = 0.9;
    if (text === mine.data.spoken.at(-1)) said.onend = hush;
    synthesis.speak(said);
  }
  label(button, true);
}

function localise(mine, data) {
  document.documentElement.lang = data.language;
  document.documentElement.dir = data.rtl ? "rtl" : "ltr";
  const skip = document.querySelector("a[data-testid=stSkipToContent]");
  if (skip && skip.textContent !== data.words.skip) skip.textContent = data.words.skip;
}

// Streamlit gives tick boxes no group. What went wrong belongs to the group, too.
function name() {
  const title = document.querySelector(".sc-title")?.textContent.trim();
  const error = document.getElementById("sc-error");
  for (const group of document.querySelectorAll(".st-key-choices-several, .st-key-choices-one [role=radiogroup]")) {
    if (group.classList.contains("st-key-choices-several")) group.setAttribute("role", "group");
    if (title) group.setAttribute("aria-label", title);
    if (error) group.setAttribute("aria-describedby", "sc-error");
    else group.removeAttribute("aria-describedby");
  }
}

// Every language is said as it is spoken. Streamlit hangs the menu outside the page: it becomes a place of its own.
function nameLanguages(names) {
  const menu = document.querySelector("[data-testid=stMenuButtonBody]");
  const shown = document.querySelector(".st-key-sc-top button p")?.textContent;
  menu?.setAttribute("role", "region");
  if (shown) menu?.setAttribute("aria-label", shown);
  for (const one of document.querySelectorAll(".st-key-sc-languages button p, [role=menuitem] p")) {
    const code = Object.keys(names).find((code) => names[code] === one.textContent);
    if (code) one.lang = code;
  }
}

// The choices are drawn later than the window's own part: wait for them instead of guessing how long.
function watchPage(mine) {
  let due = 0;
  const observer = new MutationObserver(() => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      name();
      nameLanguages(mine.data.languages);
    });
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  return () => {
    observer.disconnect();
    cancelAnimationFrame(due);
  };
}

// The title of a new page comes later than the window's own part: the one of the page before must not get the focus.
function focusTitle(mine, tries = 300) {
  const title = document.querySelector(".sc-title");
  if (title?.textContent.trim() === mine.data.title.trim()) {
    const first = document.querySelector(".sc-first") ?? title; // support comes before the verdict, also when heard
    first.tabIndex = -1;
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    first.focus({ preventScroll: true });
  } else if (tries) mine.due = requestAnimationFrame(() => focusTitle(mine, tries - 1));
}

function watchConnection(mine) {
  const app = document.querySelector("[data-test-connection-state]");
  const told = () => {
    clearTimeout(mine.lost);
    const connected = app?.getAttribute("data-test-connection-state") === "CONNECTED";
    if (connected && mine.gone) mine.send("kept", read() ?? ""); // a server that was started anew knows nothing
    mine.gone = !connected;
    const good = connected && navigator.onLine;
    if (good) mine.status.textContent = "";
    else mine.lost = setTimeout(() => (mine.status.textContent = mine.data.words.offline), LOST);
  };
  const observer = new MutationObserver(told);
  if (app) observer.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  window.addEventListener("online", told);
  window.addEventListener("offline", told);
  return () => {
    observer.disconnect();
    clearTimeout(mine.lost);
    window.removeEventListener("online", told);
    window.removeEventListener("offline", told);
  };
}

function start(parent, data, send) {
  const mine = { data, send, asked: "", returning: false, pending: [], shown: "", drawn: null, due: 0, gone: false };
  mine.status = document.createElement("p");
  mine.status.className = "sc-offline";
  mine.status.setAttribute("role", "status");
  document.body.append(mine.status);
  const click = (event) => {
    const button = event.target.closest?.("[data-read], [data-print]");
    if (!button) return;
    if (button.dataset.print !== undefined) window.print();
    else readAloud(mine, button);
  };
  const popped = (event) => travel(mine, event);
  const voices = () => offerReading(mine);
  document.addEventListener("click", click);
  window.addEventListener("popstate", popped);
  window.addEventListener("pagehide", hush);
  synthesis?.addEventListener?.("voiceschanged", voices);
  const unwatch = [watchConnection(mine), watchPage(mine)];
  mine.stop = () => {
    hush();
    for (const stop of unwatch) stop();
    cancelAnimationFrame(mine.due);
    mine.status.remove();
    document.removeEventListener("click", click);
    window.removeEventListener("popstate", popped);
    window.removeEventListener("pagehide", hush);
    synthesis?.removeEventListener?.("voiceschanged", voices);
    document.documentElement.dir = "ltr";
    document.documentElement.classList.remove("can-read");
  };
  return mine;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const mine = (parentElement.mine ??= start(parentElement, data, setTriggerValue));
  mine.data = data;
  mine.send = setTriggerValue;
  localise(mine, data);
  offerReading(mine);
  remember(mine, data);
  follow(mine, data);
  name();
  nameLanguages(data.languages);
  const page = `${data.step}/${data.number}/${data.language}/${data.tries}`;
  if (mine.drawn !== null && mine.drawn !== page) {
    hush();
    cancelAnimationFrame(mine.due);
    mine.due = requestAnimationFrame(() => focusTitle(mine));
  }
  mine.drawn = waiting(mine, data) ? null : page; // a page that comes back is no step: the focus stays where the browser puts it
  return () => {
    mine.stop();
    parentElement.mine = undefined;
  };
}
