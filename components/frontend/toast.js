// A message at the bottom of the screen that goes away by itself and is told only once.

const STAY = 10000;
const told = new Set();

function createToast(parentElement) {
  const held = { root: parentElement.querySelector(".root") };
  held.status = element("p", { class: "unseen", role: "status", "aria-live": "polite" });
  held.box = element("div", { class: "toast", popover: "manual", role: "group", "aria-label": "Message" });
  held.root.append(held.status, held.box);
  for (const kind of ["mouseenter", "focusin"])
    held.box.addEventListener(kind, () => clearTimeout(held.timer));
  for (const kind of ["mouseleave", "focusout"])
    held.box.addEventListener(kind, () => linger(held));
  return held;
}

function linger(held) {
  clearTimeout(held.timer);
  held.timer = setTimeout(() => hide(held), STAY);
}

function hide(held) {
  clearTimeout(held.timer);
  if (held.box.matches(":popover-open")) held.box.hidePopover();
  held.status.textContent = "";
}

function tell(held, { message, command }) {
  hide(held);
  const undo = () => {
    hide(held);
    held.send("undo", command);
  };
  const parts = [element("span", {}, message)];
  if (command !== null) parts.push(button("Undo", { class: "undo", onclick: undo }));
  parts.push(button("×", { class: "close", "aria-label": "Close", onclick: () => hide(held) }));
  held.box.replaceChildren(...parts);
  held.box.showPopover();
  held.status.textContent = message;
  linger(held);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, () => createToast(parentElement));
  held.send = setTriggerValue;
  if (!data.message || told.has(data.nonce)) return () => clearTimeout(held.timer);
  told.add(data.nonce);
  tell(held, data);
  return () => clearTimeout(held.timer);
}
