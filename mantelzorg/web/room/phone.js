/* A participant's phone: take a seat, follow the room, and vote until the server says that it counted. */
(() => {
  const { find, words, tell } = Room;
  const code = document.body.dataset.code;
  const base = `/mee/${code}`;
  const root = find("part"), say = find("say");
  const kept = `zaal-${code}`;
  let mine = load();
  let sending = false, wake = () => {}, seated = false, seating = false, poller;

  function load() {
    try {
      const old = JSON.parse(localStorage.getItem(kept));
      if (old && old.seat && old.until > Date.now()) return old;
    } catch (_) {}
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return { seat: [...bytes].map((one) => one.toString(16).padStart(2, "0")).join(""), counts: {}, votes: {}, until: Date.now() + 4 * 36e5 };
  }

  /* Private windows may refuse: then the page remembers for as long as it is open. */
  function save() {
    try {
      localStorage.setItem(kept, JSON.stringify(mine));
    } catch (_) {}
  }

  const step = () => root.firstElementChild.dataset || {};
  const round = () => (step().round ? `${step().item}|${step().round}` : "");

  function paint() {
    const vote = mine.votes[round()];
    for (const one of root.querySelectorAll("[data-choice]"))
      one.setAttribute("aria-pressed", String(Boolean(vote) && one.dataset.choice === vote.choice));
  }

  /* What is said under the buttons; `asked` is a vote on its way, "" for what stands. */
  function speak(text) {
    const vote = mine.votes[round()];
    tell(say, text || (vote && vote.done ? words.counted : ""));
    say.className = text || !vote ? "say" : "say done";
  }

  function choose(choice) {
    const at = round();
    if (!at) return;
    const old = mine.votes[at];
    if (old && old.choice === choice && old.done) return;
    /* Counted anew in every round, so that nothing links the votes of one phone; and on after a round that was cut off. */
    mine.counts[at] = (mine.counts[at] || 0) + 1;
    mine.votes[at] = { choice, n: mine.counts[at], done: false, counted: old ? old.counted : "" };
    save();
    paint();
    speak(words.busy);
    send();
  }

  const waiting = (at) => (mine.votes[at] && !mine.votes[at].done ? mine.votes[at] : null);

  /* One vote at a time, again and again, until it is counted or its round is over. */
  async function send() {
    if (sending) return wake();
    sending = true;
    for (let fails = 0; waiting(round()); ) {
      const at = round(), vote = mine.votes[at], [item, name] = at.split("|");
      const { status, after } = await Room.post(`${base}/vote`, {
        seat: mine.seat, item: Number(item), round: name, n: vote.n, choice: vote.choice,
      });
      if (status === 200) {
        Object.assign(vote, { done: true, counted: vote.choice });
        const newer = mine.votes[at];
        if (newer && newer !== vote) newer.counted = vote.choice;
        else mine.votes[at] = vote;
        fails = 0;
        save();
        paint();
        Room.net(true);
        if (!waiting(round())) speak("");
        continue;
      }
      if (mine.votes[at] !== vote) continue;
      if (status === 409 || status === 422) {
        restore(at, vote);
        speak(words.late);
        poller.now();
      } else if (status === 404) gone();
      else {
        fails += 1;
        speak(status === 429 ? words.slow_down : words.retry);
        if (!status) Room.net(false);
        if (status === 403 && (await sit()) && fails < 3) continue;
        await rest(Math.max(after * 1000, Room.pause(fails, 500)));
      }
      if (status === 404) break;
    }
    sending = false;
  }

  /* The round is over: what was counted before stands again. */
  function restore(at, vote) {
    if (vote.counted) mine.votes[at] = { ...vote, choice: vote.counted, done: true };
    else delete mine.votes[at];
    save();
    paint();
  }

  const rest = (ms) => new Promise((go) => {
    const timer = setTimeout(go, ms);
    wake = () => (clearTimeout(timer), go());
  });

  async function sit() {
    if (seating) return false;
    seating = true;
    const { status } = await Room.post(`${base}/seat`, { seat: mine.seat });
    seating = false;
    seated = status === 200 || status === 204;
    if (seated) save();
    if (status === 409) gone(words.full);
    if (status === 404) gone();
    return seated;
  }

  function part(body) {
    const before = round();
    if (Room.show(root, body.html)) {
      tell(find("heard"), root.querySelector("h1").textContent);
      scrollTo(0, 0);
    }
    paint();
    if (before !== round()) {
      const cut = waiting(before);
      if (cut) restore(before, cut);
      speak(cut && !body.hands ? words.late : waiting(round()) ? words.busy : "");
      wake();
    }
    if (waiting(round())) send();
  }

  function gone(text) {
    if (!text)
      try {
        localStorage.removeItem(kept);
      } catch (_) {}
    poller.stop();
    const note = find("gone").content.cloneNode(true);
    if (text) note.querySelector("section").replaceChildren(note.querySelector("h1"));
    if (text) note.querySelector("h1").textContent = text;
    root.replaceChildren(note);
    tell(say, "");
    tell(find("heard"), root.querySelector("h1").textContent);
    Room.net(true);
  }

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choice]");
    if (button) choose(button.dataset.choice);
  });
  addEventListener("online", () => wake());
  document.addEventListener("visibilitychange", () => document.hidden || wake());
  const net = (ok) => {
    Room.net(ok);
    if (ok && !seated && root.querySelector("[data-item]")) sit();
  };
  poller = Room.poll(`${base}/now`, 2500, { part, net, other: (status) => status === 404 && gone() }, () => ({ "X-Seat": mine.seat }));
  poller.now();
})();
