"use strict";
/* Where a trainer begins: open a room, go back to one, papers, and several reports added up. */
(() => {
  const find = (id) => document.getElementById(id);
  const words = JSON.parse(document.body.dataset.words);
  const language = document.body.dataset.language;
  const form = find("open");
  const LARGEST = 5_000_000;

  async function post(address, body) {
    try {
      const answer = await fetch(address, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), cache: "no-store",
      });
      const json = (answer.headers.get("Content-Type") || "").includes("json");
      return { status: answer.status, body: json ? await answer.json() : null };
    } catch (_) {
      return { status: 0, body: null };
    }
  }

  const rhythm = () => form.querySelector("[name=rhythm]:checked").value;
  const sheet = () => form.querySelector(`[data-rhythm="${rhythm()}"]`);
  const chosen = () => [...sheet().querySelectorAll("[name=case]:checked")].map((one) => one.value);
  const spoken = () => form.querySelector("[name=language]:checked").value;

  function refresh() {
    for (const one of form.querySelectorAll("[data-rhythm]")) one.hidden = one.dataset.rhythm !== rhythm();
    sheet().querySelector(".chosen").textContent = words.home_chosen.replace("{}", chosen().length);
    const query = new URLSearchParams([...chosen().map((one) => ["case", one]), ["language", spoken()]]);
    for (const link of document.querySelectorAll(".paper")) link.href = `${link.pathname}?${query}`;
  }
  form.addEventListener("change", refresh);
  addEventListener("pageshow", refresh);

  form.addEventListener("click", (event) => {
    const up = event.target.closest(".up");
    if (!up) return;
    const row = up.closest("li");
    if (row.previousElementSibling) row.previousElementSibling.before(row);
    up.focus();
    refresh();
  });
  for (const link of document.querySelectorAll(".paper"))
    link.addEventListener("click", (event) => {
      if (chosen().length) return;
      event.preventDefault();
      find("problem").textContent = words.home_none;
    });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = find("open-room"), problem = find("problem");
    if (button.getAttribute("aria-disabled")) return;
    problem.textContent = chosen().length ? "" : words.home_none;
    if (!chosen().length) return;
    const label = button.textContent;
    button.setAttribute("aria-disabled", "true");
    button.textContent = words.home_opening;
    const { status, body } = await post("/training/rooms", { rhythm: rhythm(), language: spoken(), cases: chosen() });
    button.removeAttribute("aria-disabled");
    button.textContent = label;
    if (!body || !body.code) {
      problem.textContent = status === 503 || status === 429 ? words.home_full : words.home_failed;
      return;
    }
    sessionStorage.setItem(`zaal-${body.code}`, body.token);
    find("new-code").textContent = body.code;
    find("new-pin").textContent = body.pin;
    find("to-room").href = `/training/rooms/${body.code}`;
    form.hidden = true;
    find("opened").hidden = false;
    find("opened").focus();
  });

  find("return").addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = find("code").value.replace(/[^a-z0-9]/gi, "").toUpperCase();
    const problem = find("return-problem");
    if (!code) return void (problem.textContent = words.claim_unknown);
    const { status, body } = await post(`/training/rooms/${code}/reclaim`, { pin: find("pin").value.trim() });
    if (status === 200 && body) {
      sessionStorage.setItem(`zaal-${code}`, body.token);
      location.href = `/training/rooms/${code}`;
      return;
    }
    const said = { 401: "claim_wrong", 403: "claim_wrong", 404: "claim_unknown", 423: "claim_locked", 429: "claim_locked" };
    problem.textContent = words[said[status]] || words.home_failed;
  });

  find("overview").addEventListener("submit", async (event) => {
    event.preventDefault();
    const files = [...find("files").files], problem = find("overview-problem");
    const large = files.reduce((sum, one) => sum + one.size, 0) > LARGEST;
    problem.textContent = large ? words.overview_large : words.overview_busy;
    if (large) return;
    const read = await Promise.all(files.map(async (one) => ({ name: one.name, text: await one.text() })));
    const { body } = await post("/training/overview", { language, files: read });
    problem.textContent = body && body.html ? "" : words.overview_failed;
    if (!body || !body.html) return;
    const answer = find("overview-answer");
    answer.innerHTML = body.html;
    answer.hidden = false;
    answer.focus();
  });
  refresh();
})();
