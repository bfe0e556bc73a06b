"use strict";
/* An own case: every chip asks the rules again. Nothing is stored, here or on the server. */
(() => {
  const find = (id) => document.getElementById(id);
  const words = JSON.parse(document.body.dataset.words);
  const { code, language } = document.body.dataset;
  const form = find("facts"), say = find("say");
  let latest = 0;

  function chosen() {
    const found = {};
    for (const [fact, option] of new FormData(form)) if (option) (found[fact] = found[fact] || []).push(option);
    return found;
  }

  const json = (address, body, headers = {}) =>
    fetch(address, {
      method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body), cache: "no-store",
    });

  async function judge() {
    const number = (latest += 1);
    try {
      const answer = await json("/training/own-case", { language, chosen: chosen() });
      if (!answer.ok) throw answer.status;
      const { html } = await answer.json();
      if (number !== latest) return;
      find("part").innerHTML = html;
      say.textContent = "";
    } catch (_) {
      if (number === latest) say.textContent = words.offline;
    }
  }

  async function put() {
    if (!Object.keys(chosen()).length) return void (say.textContent = words.own_empty);
    const base = `/training/rooms/${code}`;
    const headers = { Authorization: `Bearer ${sessionStorage.getItem(`zaal-${code}`) || ""}` };
    try {
      /* The room may move on in between; then it is asked once more. */
      for (let tries = 0; tries < 3; tries += 1) {
        const seen = await fetch(`${base}/now`, { headers, cache: "no-store" });
        if (seen.status === 404) return void (say.textContent = words.room_gone);
        if (seen.status === 401) return void (location.href = base);
        const { revision } = await seen.json();
        const done = await json(`${base}/do`, { action: "own_case", revision, chosen: chosen() }, headers);
        if (done.ok) return void (say.textContent = words.own_put_done);
        if (done.status !== 409) break;
      }
      throw 0;
    } catch (_) {
      say.textContent = words.action_failed;
    }
  }

  async function download() {
    if (!Object.keys(chosen()).length) return void (say.textContent = words.own_empty);
    try {
      const answer = await json("/training/own-case.yaml", { language, chosen: chosen() });
      if (!answer.ok) throw answer.status;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = "eigen-casus.yaml";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    } catch (_) {
      say.textContent = words.action_failed;
    }
  }

  form.addEventListener("change", judge);
  form.addEventListener("submit", (event) => event.preventDefault());
  if (find("put")) find("put").addEventListener("click", put);
  find("yaml").addEventListener("click", download);
  find("clear").addEventListener("click", () => (form.reset(), judge()));
  addEventListener("pageshow", () => Object.keys(chosen()).length && judge());
})();
