/* Clocks count by themselves between two answers of the server. */
const Clock = (() => {
  const { tell } = Room;
  let deadline = 0, from = "";
  function tick() {
    const clocks = [...document.querySelectorAll("[data-seconds][role=timer]")];
    if (!clocks.length) return void (from = "");
    const said = clocks[0].dataset.seconds;
    const meant = performance.now() + Number(said) * 1000;
    if (said !== from && Math.abs(meant - deadline) > 1500) deadline = meant;
    from = said;
    const left = Math.max(0, Math.round((deadline - performance.now()) / 1000));
    for (const clock of clocks) {
      tell(clock, `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
      clock.classList.toggle("over", !left);
    }
  }
  const left = () => Math.max(0, Math.round((deadline - performance.now()) / 1000));
  setInterval(tick, 250);
  return { tick, left };
})();
