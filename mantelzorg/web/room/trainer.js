/* The trainer's page: every press carries the revision it was pressed at, so that pressing twice does it once. */
(() => {
  const { find, words, tell } = Room;
  const code = document.body.dataset.code;
  const base = `/training/rooms/${code}`;
  const kept = `zaal-${code}`;
  const root = find("part"), say = find("say"), claim = find("claim");
  let token = sessionStorage.getItem(kept) || "";
  let busy = false, counting = false, closed = false, pointer = false, waits = null;
  const hands = [];

  const bearer = () => ({ Authorization: `Bearer ${token}` });
  const desk = () => root.querySelector("[data-revision]");

  function part(body) {
    const was = desk() && desk().dataset.step;
    Room.show(root, body.html);
    Clock.tick();
    if (was !== desk().dataset.step) {
      const title = root.querySelector(".slide :is(h2, h3)");
      tell(find("heard"), title ? title.textContent : "");
    }
  }

  const poller = Room.poll(`${base}/now`, 1000, { part, net: Room.net, other: refused }, bearer);

  function refused(status) {
    if (status === 401) askPin();
    else if (status === 404) gone(words.room_gone);
  }

  function gone(text) {
    poller.stop();
    closed = true;
    const note = document.createElement("p");
    note.className = "strong";
    note.textContent = `${text} `;
    const link = document.createElement("a");
    link.href = `/training?language=${document.documentElement.lang}`;
    link.textContent = words.to_home;
    note.append(link);
    claim.hidden = true;
    root.hidden = false;
    root.replaceChildren(note);
    root.focus();
  }

  function askPin() {
    poller.stop();
    root.hidden = true;
    claim.hidden = false;
    find("pin").focus();
  }

  claim.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { status, body } = await Room.post(`${base}/reclaim`, { pin: find("pin").value.trim() });
    if (status === 200 && body) {
      token = body.token;
      sessionStorage.setItem(kept, token);
      find("pin").value = "";
      tell(find("claim-problem"), "");
      claim.hidden = true;
      root.hidden = false;
      root.focus();
      poller.start();
      return;
    }
    const said = { 401: "claim_wrong", 403: "claim_wrong", 404: "claim_unknown", 423: "claim_locked", 429: "claim_locked" };
    tell(find("claim-problem"), words[said[status] || "offline"]);
  });

  /* One thing at a time. Hands are counted one by one; what is pressed meanwhile waits for them, and only once. */
  async function act(action, more = {}) {
    if (closed || !desk()) return;
    if (action === "count") hands.push(more);
    else if (!busy || counting) waits = waits || [action, more];
    if (busy) return;
    busy = true;
    for (let step = desk().dataset.step; (hands.length || waits) && !closed; ) {
      counting = true;
      while (hands.length) await send("count", hands.shift());
      counting = false;
      root.setAttribute("aria-busy", "true");
      if (waits && !closed) await send(...waits);
      root.removeAttribute("aria-busy");
      waits = null;
      /* Hands that came in since then are for what was on the screen. */
      if (closed || desk().dataset.step !== step) hands.length = 0;
    }
    busy = false;
  }

  async function send(action, more) {
    const body = { action, revision: Number(desk().dataset.revision), ...more };
    const answer = await Room.post(`${base}/do`, body, bearer());
    tell(say, "");
    if (answer.status === 200 && answer.body) {
      Room.net(true);
      if (action === "close") return gone(words.closed_room);
      poller.took(answer.body);
      part(answer.body);
    } else if (answer.status === 204 && action === "close") gone(words.closed_room);
    else if (answer.status === 409) poller.now();
    else if (answer.status === 401 || answer.status === 404) refused(answer.status);
    else if (!answer.status) Room.net(false);
    else tell(say, words.action_failed);
  }

  function press(button) {
    const { do: action, choice, by, chip, on, seconds, more } = button.dataset;
    const extra = {};
    if (action === "count") Object.assign(extra, { choice, by: Number(by) });
    if (action === "flip") extra.chip = chip;
    if (action === "hands") extra.on = on === "true";
    if (action === "disagree") Object.assign(extra, { on: on === "true", remark: remark() });
    if (action === "timer") extra.seconds = more ? Clock.left() + Number(more) : seconds ? Number(seconds) : null;
    act(action, extra);
  }

  const remark = () => (find("remark") ? find("remark").value : "");

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.do) press(button);
    if (button.dataset.report) report(button.dataset.report);
    if (button.id === "close-room") find("sure").showModal();
  });
  root.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = find("remark");
    if (!field) return;
    await act("disagree", { on: true, remark: field.value });
    field.defaultValue = field.value;
  });
  find("sure").addEventListener("close", () => {
    if (find("sure").returnValue === "close") act("close");
    find("sure").returnValue = "";
  });

  async function report(kind) {
    let file;
    try {
      const answer = await fetch(`${base}/report.${kind}`, { headers: bearer(), cache: "no-store" });
      if (!answer.ok) throw answer.status;
      file = await answer.blob();
    } catch (_) {
      return tell(say, words.report_failed);
    }
    tell(say, "");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `training-${code}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  find("wall").addEventListener("click", () => {
    if (pointer) find("wall").blur();
    if (window.open(`${base}/beamer`, `beamer-${code}`, "popup,width=1280,height=720")) return;
    say.textContent = `${words.beamer_blocked} ${location.origin}${base}/beamer`;
  });
  find("help").addEventListener("click", () => find("keys").showModal());

  /* Keys. A letter never works while somebody types, and all can be switched off. */
  const on = find("keys-on");
  on.checked = localStorage.getItem("zaal-keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("zaal-keys", on.checked ? "on" : "off"));
  const click = (...ids) => {
    const button = ids.map(find).find((one) => one && !one.disabled);
    if (button) button.click();
  };
  const next = () => click("do-forward"), back = () => click("do-back");
  const KEYS = {
    " ": next, ArrowRight: next, PageDown: next, ArrowLeft: back, PageUp: back,
    s: () => click("do-skip"), n: () => click("do-skip_case"), h: () => click("do-hands"),
    t: () => click("do-timer", "do-more"), d: () => click("do-disagree", "do-agree"), "?": () => find("keys").showModal(),
  };
  function key(name) {
    const run = KEYS[name.length === 1 ? name.toLowerCase() : name];
    if (!run || document.querySelector("dialog[open]") || root.hidden) return false;
    run();
    return true;
  }
  document.addEventListener("pointerdown", () => (pointer = true), true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab") pointer = false;
    const at = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !on.checked) return;
    if (at.closest("input, textarea, select, [contenteditable]")) return;
    /* After Tab the space bar belongs to the button that has the focus; after a click it means: go on. */
    if (event.key === " " && !pointer && at.closest("button, summary, a")) return;
    if (key(event.key)) event.preventDefault();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === " " && pointer && on.checked && event.target.closest("button, summary")) event.preventDefault();
  });
  if ("BroadcastChannel" in window)
    new BroadcastChannel(kept).onmessage = (event) => on.checked && typeof event.data === "string" && key(event.data);

  if (token) poller.now();
  else askPin();
})();
