// Notes when as many gauges as asked for, or a chart, are on screen, or a chart can be explored, in
// milliseconds since navigation.

(() => {
  const longest = 60_000;
  // Streamlit says which nodes have a root of their own: to go through all of them at each frame
  // would take part of the time that is measured.
  const everywhere = (selector) => {
    const hosts = document.querySelectorAll("[data-testid=stBidiComponentIsolated], .together > * > *");
    const roots = [...hosts].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    return [document, ...roots].flatMap((root) => [...root.querySelectorAll(selector)]);
  };
  const seen = (node) => node.checkVisibility() && node.getBoundingClientRect().width > 0;
  const there = {
    gauges: (count) => {
      const gauges = everywhere("svg.dial");
      return gauges.length === count && gauges.every(seen);
    },
    chart: () => everywhere(".picture .readings, .scatterlayer .js-line").some(seen),
    explored: () => everywhere(".scatterlayer .js-line").some(seen),
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
