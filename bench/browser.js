// Notes when as many gauges as asked for, or a chart, are on screen, or a chart can be explored, in
// milliseconds since navigation.

(() => {
  const longest = 60_000;
  const everywhere = (root, selector, found = []) => {
    found.push(...root.querySelectorAll(selector));
    for (const host of root.querySelectorAll("*"))
      if (host.shadowRoot) everywhere(host.shadowRoot, selector, found);
    return found;
  };
  const seen = (node) => node.checkVisibility() && node.getBoundingClientRect().width > 0;
  const there = {
    gauges: (count) => {
      const gauges = everywhere(document, "svg.dial");
      return gauges.length === count && gauges.every(seen);
    },
    chart: () => everywhere(document, ".picture .readings, .scatterlayer .js-line").some(seen),
    explored: () => everywhere(document, ".scatterlayer .js-line").some(seen),
    nothing: () =>
      document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]") !== null,
  };
  window.everywhere = everywhere;
  window.awaited = (what, count) =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const look = () => {
        if (there[what](count)) resolve(performance.now());
        else if (performance.now() - began < longest) requestAnimationFrame(look);
        else reject(new Error(`not there within a minute: ${count} ${what}`));
      };
      look();
    });
  window.addEventListener(
    "pointerdown",
    (event) => {
      // What lies in an element of ours is not the target that the window is told.
      const [target] = event.composedPath();
      if (target.closest("[role=option]")) window.picked = performance.now();
    },
    true,
  );
})();
