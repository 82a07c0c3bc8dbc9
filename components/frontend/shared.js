// Builds elements, remembers what each mounted component holds, and carries “open this” across.

const instances = new WeakMap();

function instance(parentElement, create) {
  if (!instances.has(parentElement)) instances.set(parentElement, create());
  return instances.get(parentElement);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function drawn(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function button(text, attributes = {}) {
  return element("button", { type: "button", ...attributes }, text);
}

function heading(name, question) {
  return element("h2", { class: "heading" }, name, element("span", {}, question));
}

// What to do first where there is nothing; what stands between backticks is to be typed.
function emptiness(text) {
  if (!text) return [];
  const parts = text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
  return [element("p", { class: "empty" }, ...parts)];
}

function number(text) {
  const value = Number(text);
  if (Math.abs(value) >= 1e7) return `${number(value / 1e6)}\u00a0M`;
  const whole = Math.abs(value) >= 1000;
  const rounded = Math.abs(whole ? Math.round(value) : Number(value.toPrecision(4)));
  const digits = whole ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  const plain = rounded.toLocaleString("en", digits);
  return (value < 0 && rounded ? "−" : "") + plain.replaceAll(",", "\u202f");
}

const OPEN = "milepost:open";

// Whoever shows the thing takes the event; where nobody does, the page is asked.
function open(send, target, id, edit = false) {
  const event = new CustomEvent(OPEN, { detail: { target, id, edit }, cancelable: true });
  if (window.dispatchEvent(event)) send("open", { target, id });
}

function onOpen(target, act) {
  const hear = (event) => {
    const { detail } = event;
    if (detail.target === target && act(detail.id, detail.edit)) event.preventDefault();
  };
  window.addEventListener(OPEN, hear);
  return () => window.removeEventListener(OPEN, hear);
}

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function reveal(node) {
  node.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  node.classList.remove("revealed");
  void node.offsetWidth;
  node.classList.add("revealed");
}

// Streamlit has one-letter shortcuts and cannot see that a field in here is being typed in.
function keepKeys(node) {
  for (const kind of ["keydown", "keyup", "keypress"])
    node.addEventListener(kind, (event) => event.stopPropagation());
}

// A tap leaves a cell and follows a link in one moment, and the cell's message would undo the
// link's: so the cell is left as the finger comes down, and the link followed as it goes.
function leaveAtTouch(root) {
  const leave = (event) => {
    if (!root.isConnected) return document.removeEventListener("pointerdown", leave, true);
    const active = root.getRootNode().activeElement;
    const path = event.composedPath();
    const goesElsewhere = !path.includes(root) && path.some((node) => node.matches?.("a, button"));
    if (event.pointerType === "touch" && goesElsewhere && root.contains(active)) active.blur();
  };
  document.addEventListener("pointerdown", leave, true);
}

// Puts nodes in order and lets those stay in place that are: a moved field loses its focus.
function arrange(parent, nodes) {
  for (const old of [...parent.children]) if (!nodes.includes(old)) old.remove();
  let place = parent.firstElementChild;
  for (const node of nodes) {
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
}
