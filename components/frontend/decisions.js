// The cards of what needs a decision: four, and the rest behind a button.

const SHOWN = 4;

function card(send, { kind, title, fact, text, verb, target, id, edit }) {
  return element(
    "article",
    { class: "card", "data-kind": kind },
    element("h3", { title }, title),
    element("p", { class: "fact" }, fact),
    element("p", { class: "text", title: text }, text),
    button(verb, { "aria-label": `${verb}: ${title}`, onclick: () => open(send, target, id, edit) }),
  );
}

function row(held) {
  const { cards, calm: text } = held.data;
  if (text) return [element("p", { class: "calm" }, element("i", { "aria-hidden": "true" }, "✓"), text)];
  const few = held.all ? cards : cards.slice(0, SHOWN);
  return [element("div", { class: "cards" }, ...few.map((one) => card(held.send, one))), ...rest(held)];
}

function rest(held) {
  const more = held.data.cards.length - SHOWN;
  if (more <= 0) return [];
  const turn = () => {
    held.all = !held.all;
    render(held);
    held.root.querySelector(".more").focus({ preventScroll: true });
  };
  const text = held.all ? "fewer" : `${more} more`;
  return [button(text, { class: "more", "aria-expanded": String(Boolean(held.all)), onclick: turn })];
}

function render(held) {
  const title = held.data.cards.length ? "What needs a decision" : "Decisions";
  const parts = element("div", { class: "wrap" }, ...row(held));
  held.root.replaceChildren(element("h2", { class: "unseen" }, title), parts);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, () => ({ root: parentElement.querySelector(".root") }));
  held.data = data;
  held.send = setTriggerValue;
  render(held);
}
