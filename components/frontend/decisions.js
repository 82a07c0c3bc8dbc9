// The cards of what needs a decision: four, and the rest behind a button. A card with an open
// form stays as it is until the form is left.

const SHOWN = 4;

function createCards(parentElement) {
  const held = { root: parentElement.querySelector(".root"), nodes: new Map(), editors: new Map() };
  held.title = element("h2", { class: "unseen" });
  held.wrap = element("div", { class: "wrap" });
  held.cards = element("div", { class: "cards" });
  held.root.append(held.title, held.wrap);
  return held;
}

function name({ target, id }) {
  return `${target} ${id}`;
}

function card(held, facts) {
  const node = held.nodes.get(name(facts)) ?? element("article", { class: "card" });
  held.nodes.set(name(facts), node);
  const signature = `${JSON.stringify(facts)}${held.data.editable}`;
  if (node.signature === signature) return node;
  node.signature = signature;
  const form = formOf(held, facts);
  for (const child of [...node.children]) if (child !== form) child.remove();
  node.prepend(...face(held, facts));
  node.dataset.kind = facts.kind;
  node.dataset.decided = String(facts.decided);
  return node;
}

function formOf(held, { target, id }) {
  return target === "kpi" ? held.editors.get(id)?.form : undefined;
}

function face(held, facts) {
  return [
    element("h3", { title: facts.title }, facts.title),
    element("p", { class: "fact", title: facts.fact }, facts.fact),
    element("p", { class: "text", title: facts.text }, facts.text),
    element("div", { class: "verbs" }, ...verbs(held, facts)),
  ];
}

function verbs(held, facts) {
  const { title, verb, target, id, looks } = facts;
  const go = () => (looks ? held.send("look", { target, id }) : open(held.send, target, id, true));
  const act = button(verb, { "aria-label": `${verb}: ${title}`, onclick: go });
  if (!facts.acknowledge || !held.data.editable) return [act];
  const say = { "aria-label": `Acknowledge: ${title}`, onclick: () => acknowledge(held, facts) };
  return [button("Acknowledge", { class: "acknowledge", ...say }), act];
}

function acknowledge(held, facts) {
  openEditor(held.editors, facts.id, (forgotten) => form(held, facts, forgotten));
}

function form(held, { id, title, target }, forgotten) {
  const [least, usual, most] = held.data.again;
  const reason = element("input", { maxlength: 2000, placeholder: "why nothing is done now" });
  const again = element("input", { type: "date", min: least, max: most, value: usual });
  const node = held.nodes.get(name({ target, id }));
  return new Editor({
    host: node,
    label: `Acknowledge ${title}`,
    fields: [
      element("strong", { class: "about" }, title),
      field("Reason", reason),
      field("Look again on", again),
    ],
    first: reason,
    send: (edit) => held.send("edit", edit),
    read: () => {
      if (!reason.value.trim()) return "Say why in a few words: others will want to know.";
      if (!again.value) return "Choose a day to look again.";
      return { id, reason: reason.value.trim(), look_again: again.value };
    },
    onClose: () => {
      forgotten();
      render(held);
      held.nodes.get(name({ target, id }))?.querySelector("button")?.focus({ preventScroll: true });
    },
  });
}

function shownCards(held) {
  const { cards } = held.data;
  const few = held.all ? cards : cards.slice(0, SHOWN);
  const typing = cards.filter((facts) => formOf(held, facts) && !few.includes(facts));
  return [...few, ...typing];
}

function forget(held) {
  const here = new Set(held.data.cards.map(name));
  for (const [key, node] of [...held.nodes]) {
    const editor = [...held.editors.values()].find(({ form }) => form.parentElement === node);
    if (here.has(key) || editor?.touched) continue;
    held.nodes.delete(key);
    editor?.close();
  }
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
  const { cards, calm: text } = held.data;
  held.title.textContent = cards.length ? "What needs a decision" : "Decisions";
  forget(held);
  const nodes = shownCards(held).map((facts) => card(held, facts));
  for (const { form } of held.editors.values())
    if (!nodes.includes(form.parentElement)) nodes.push(form.parentElement);
  arrange(held.cards, nodes);
  const calmly = element("p", { class: "calm" }, element("i", { "aria-hidden": "true" }, "✓"), text);
  arrange(held.wrap, nodes.length ? [held.cards, ...rest(held)] : [calmly]);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, () => createCards(parentElement));
  held.data = data;
  held.send = setTriggerValue;
  render(held);
  hearAnswer(held.editors, data.answer, () => {});
}
