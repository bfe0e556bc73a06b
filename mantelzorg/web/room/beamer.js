/* The screen on the wall. It follows the room; keys go to the trainer's page in the same browser. */
(() => {
  const { find, words } = Room;
  const code = document.body.dataset.code;
  const root = find("part");
  const trainer = "BroadcastChannel" in window ? new BroadcastChannel(`zaal-${code}`) : null;

  const poller = Room.poll(`/training/rooms/${code}/beamer/now`, 1000, {
    part(body) {
      if (Room.show(root, body.html)) Room.tell(find("heard"), root.querySelector("h1").textContent);
      Clock.tick();
      fit();
    },
    net: Room.net,
    other(status) {
      if (status !== 404) return;
      poller.stop();
      const title = document.createElement("h1");
      title.textContent = words.gone;
      root.replaceChildren(title);
    },
  });
  poller.now();

  /* A long explanation gets smaller letters rather than a scroll bar that nobody at the wall can use. Who zooms in,
     which makes the window small, wants large letters and can scroll. */
  function fit() {
    let size = 1;
    do root.style.setProperty("--fit", size);
    while (innerWidth > 800 && document.documentElement.scrollHeight > innerHeight + 1 && (size -= 0.04) > 0.6);
  }
  addEventListener("resize", fit);
  if (document.fonts) document.fonts.ready.then(fit);

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => {});
  }
  document.addEventListener("dblclick", full);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "f" || event.key === "F") return full();
    if (!trainer || event.repeat) return;
    if (event.key === " " || event.key.startsWith("Page")) event.preventDefault();
    trainer.postMessage(event.key);
  });
})();
