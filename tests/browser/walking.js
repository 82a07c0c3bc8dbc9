// Walks all text that a page shows, also in the elements of its own, and gives what is cut, lies
// outside of the window, or lies over another text.
window.walk = () => {
  const TOLERANCE = 2;
  const texts = [];
  const found = [];
  const named = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);

  const meet = (one, other) => ({
    left: Math.max(one.left, other.left),
    right: Math.min(one.right, other.right),
    top: Math.max(one.top, other.top),
    bottom: Math.min(one.bottom, other.bottom),
  });
  const isEmpty = (box) => box.right - box.left <= 0 || box.bottom - box.top <= 0;
  const everything = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };

  function visit(node, within, context) {
    if (node.nodeType === Node.TEXT_NODE) return text(node, within, context);
    if (node instanceof ShadowRoot) return [...node.childNodes].forEach((child) => visit(child, within, context));
    if (!(node instanceof Element) || node.matches("script, style, noscript, option, title, desc, [data-testid=stSkipToContent]")) return;
    const style = getComputedStyle(node);
    const seen = { visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true };
    if (style.display !== "contents" && !node.checkVisibility(seen)) return;
    if (style.clipPath.startsWith("inset(50%")) return;
    const box = node.getBoundingClientRect();
    let { scrolls } = context;
    let clip = within;
    if (style.display !== "contents" && /(hidden|clip|auto|scroll)/.test(`${style.overflowX} ${style.overflowY}`)) {
      const isHidden = (overflow) => overflow === "hidden" || overflow === "clip";
      const wide = isHidden(style.overflowX) && node.scrollWidth > node.clientWidth + TOLERANCE;
      const tall = isHidden(style.overflowY) && node.scrollHeight > node.clientHeight + TOLERANCE;
      const says = named(node.textContent || "");
      if ((wide || tall) && says && node.clientWidth && !node.shadowRoot && !node.matches("svg, svg *, html, body"))
        found.push(`cut: ${says} (${node.tagName.toLowerCase()}.${node.className})`);
      if (/(auto|scroll)/.test(style.overflowX)) scrolls = true;
      clip = meet(within, box);
    }
    const inner = { scrolls, layer: style.position === "fixed" ? node : context.layer };
    const children = node.shadowRoot ? [node.shadowRoot] : node.assignedNodes?.() ?? [];
    (children.length ? children : [...node.childNodes]).forEach((child) => visit(child, clip, inner));
  }

  function text(node, clip, { scrolls, layer }) {
    const says = named(node.data);
    if (!says) return;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const box = meet(rect, clip);
      if (isEmpty(box)) continue;
      if (!scrolls && (rect.right > innerWidth + TOLERANCE || rect.left < -TOLERANCE)) found.push(`outside: ${says}`);
      texts.push({ says, box, node, layer });
    }
  }

  visit(document.body, everything, { scrolls: false, layer: null });
  texts.sort((one, other) => one.box.top - other.box.top);
  for (let at = 0; at < texts.length; at++) {
    for (let next = at + 1; next < texts.length && texts[next].box.top < texts[at].box.bottom; next++) {
      const [one, other] = [texts[at], texts[next]];
      if (one.node === other.node || one.layer !== other.layer) continue;
      const both = meet(one.box, other.box);
      // A line's box is higher than its letters are.
      const isOver = both.right - both.left > TOLERANCE && both.bottom - both.top > 5;
      if (isOver) found.push(`over: ${one.says} | ${other.says}`);
    }
  }
  return [...new Set(found)];
};
