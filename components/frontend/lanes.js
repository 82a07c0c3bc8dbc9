// Objectives and their lanes. A lane is drawn anew only when it changed; an open editor never is.

function createRoad(parentElement) {
  const road = { root: parentElement.querySelector(".root"), editors: new Map() };
  road.objectives = new Map();
  road.lanes = new Map();
  road.list = element("div", { class: "road" });
  const question = "will we arrive? dashed: where we should be today · shade: likely end";
  road.parts = element("div", {}, heading("Destination", question));
  road.root.append(road.parts, road.list);
  road.leave = onOpen("key result", (id, edit) => visit(road, id, edit));
  return road;
}

function visit(road, id, edit) {
  const lane = road.lanes.get(id);
  if (!lane) return false;
  reveal(lane.node);
  if (edit && road.data.editable && !lane.lane.closed) edited(road, id);
  else lane.node.focus({ preventScroll: true });
  return true;
}

function render(road) {
  const { objectives, empty } = road.data;
  road.parts.querySelector(".empty")?.remove();
  road.parts.append(...emptiness(empty));
  const shown = new Set(objectives.flatMap(({ lanes }) => lanes.map(({ id }) => id)));
  for (const [id, lane] of [...road.lanes]) {
    if (shown.has(id) || road.editors.get(id)?.touched) continue;
    road.editors.get(id)?.close();
    lane.node.remove();
    road.lanes.delete(id);
  }
  const nodes = objectives.map((objective) => block(road, objective));
  const open = [...road.objectives.values()].filter((node) => node.querySelector(".editor"));
  arrange(road.list, [...new Set([...nodes, ...open])]);
}

function block(road, objective) {
  const node = road.objectives.get(objective.id) ?? createBlock();
  road.objectives.set(objective.id, node);
  const [header, lanes, footer] = node.children;
  header.replaceChildren(
    element("h3", {}, named(road, "objective", objective)),
    element("span", { class: "facts" }, objective.facts),
    element("b", { class: "progress", title: "Progress from 0 to 1" }, objective.progress),
    objective.expected && element("span", { class: "expected", title: "Progress at the cycle's end" }, objective.expected),
  );
  const mine = objective.lanes.map((lane) => update(road, lane));
  const left = [...lanes.children].filter((lane) => lane.querySelector(".editor"));
  arrange(lanes, [...new Set([...mine, ...left])]);
  footer.replaceChildren(...objective.guardrails.map((rail) => guardrail(road, rail)), ...unvalued(objective));
  return node;
}

// Straight to the page: the road itself answers to who wants to see a lane.
function named(road, target, { id, name }) {
  const see = () => road.send("open", { target, id });
  return button(name, { class: "name", title: `${name}: see its history`, onclick: see });
}

function createBlock() {
  const parts = [element("header"), element("div", { class: "lanes" }), element("footer")];
  return element("section", { class: "objective" }, ...parts);
}

function guardrail(road, [id, name, matter]) {
  const mark = element("i", { "aria-hidden": "true" }, "◆ ");
  const link = button(name, { class: "link", onclick: () => open(road.send, "kpi", id) });
  return element("p", { class: "guardrail" }, mark, "Guardrail: ", link, ` ${matter}`);
}

function unvalued({ unvalued: text }) {
  return text ? [element("p", { class: "unvalued" }, text)] : [];
}

function update(road, lane) {
  const signature = JSON.stringify(lane) + road.data.editable;
  const held = road.lanes.get(lane.id) ?? { node: element("article", { class: "lane", tabindex: -1 }) };
  road.lanes.set(lane.id, held);
  held.lane = lane;
  if (held.signature === signature) return held.node;
  held.signature = signature;
  const editor = road.editors.get(lane.id)?.form;
  for (const child of [...held.node.children]) if (child !== editor) child.remove();
  held.node.prepend(...face(road, lane));
  held.node.dataset.standing = lane.standing;
  held.node.dataset.promise = lane.promise;
  held.node.setAttribute("aria-label", spoken(lane));
  return held.node;
}

function face(road, lane) {
  return [
    element(
      "div",
      { class: "what" },
      element("h4", {}, named(road, "key result", lane)),
      lane.fed && element("p", { class: "small" }, feed(road, lane)),
    ),
    element("div", { class: "way", title: lane.prospect }, bar(lane), ends(lane)),
    element("div", { class: "now" }, reading(road, lane), element("small", {}, lane.change)),
    sureness(lane),
    element(
      "div",
      { class: "phrase", title: lane.prospect },
      element("b", {}, lane.phrase),
      lane.lag && element("small", {}, lane.lag),
      lane.basis && element("small", {}, lane.basis),
    ),
  ];
}

// An archived KPI has no page of its own any more.
function feed(road, { fed, kpi }) {
  if (kpi === null) return element("span", { title: `Fed by the KPI ${fed}, which is archived` }, `⟲ ${fed} · archived`);
  return button(`⟲ ${fed}`, {
    class: "link",
    title: `Fed by the KPI ${fed}`,
    onclick: () => open(road.send, "kpi", kpi),
  });
}

function ends({ way }) {
  const ends = way.split(" → ").map((end) => element("span", {}, end));
  return element("div", { class: "small ends" }, ...ends);
}

function bar({ done, pace, span, standing }) {
  const percent = (share) => `${(share * 100).toFixed(1)}%`;
  const part = element("span", { class: "done" });
  part.style.width = percent(done);
  const tick = element("span", { class: "pace" });
  tick.style.left = percent(pace);
  const shade = span && element("span", { class: "span" });
  if (shade) shade.style.cssText = `--from: ${percent(span[0])}; --to: ${percent(span[1])}`;
  const late = standing !== "done" && tick;
  return element("div", { class: "bar", "aria-hidden": "true" }, ...kept([part, shade, late]));
}

function sureness({ sureness: text, confidence }) {
  if (!confidence) return element("div", { class: "sureness none" }, text);
  const [dots, word] = text.split(" ");
  const shape = element("i", { "aria-hidden": "true" }, dots);
  return element("div", { class: "sureness" }, shape, " ", word);
}

function reading(road, { id, name, value, unit, exact, checked, closed }) {
  const parts = [element("b", {}, value), exact !== null && unit && element("small", {}, unit)];
  const when = checked ? `Checked in on ${checked}` : "Not checked in yet";
  if (!road.data.editable || closed) return element("span", { class: "number", title: when }, ...kept(parts));
  const label = `${name}: ${value}${unit ? ` ${unit}` : ""}. Check in`;
  const act = { onclick: () => edited(road, id), "aria-label": label, title: `${when}. Check in` };
  return element("button", { type: "button", class: "number", ...act }, ...kept(parts));
}

function kept(parts) {
  return parts.filter(Boolean);
}

function spoken(lane) {
  const now = kept([lane.value, lane.unit]).join(" ");
  const said = lane.confidence ? `confidence ${lane.confidence}` : lane.sureness;
  const ahead = lane.prospect || lane.phrase;
  return kept([lane.name, lane.way, `now ${now}`, lane.change, said, lane.lag, ahead]).join(", ");
}

function edited(road, id) {
  const held = road.lanes.get(id);
  openEditor(road.editors, id, (forgotten) => laneEditor(road, held, forgotten));
}

function sureChoice(confidences, given) {
  const named = confidences.map((word) => element("option", { value: word }, word));
  const choice = element("select", {}, element("option", { value: "" }, "not given"), ...named);
  choice.value = given;
  return choice;
}

function exact({ exact: value }) {
  return value === null ? "" : String(Number(value.toPrecision(12)));
}

function laneEditor(road, { node, lane }, forgotten) {
  const { data } = road;
  const value = lane.typed ? numberInput(exact(lane), "") : null;
  const date = element("input", { type: "date", max: data.day });
  date.value = data.day;
  const choice = sureChoice(data.confidences, lane.again ? lane.confidence : "");
  const [note, noteField] = noteInput("Comment");
  const source = lane.fed ? `Value fed by ${lane.fed}` : "Value counted from its steps";
  const about = value ? field(lane.unit ? `Value, ${lane.unit}` : "Value", value) : null;
  return new Editor({
    host: node,
    label: `Check in ${lane.name}`,
    fields: [
      element("strong", { class: "about" }, lane.name),
      about ?? element("p", { class: "source" }, source),
      field("Date", date),
      field("Confidence", choice),
      noteField,
    ],
    first: value ?? choice,
    version: data.version,
    send: (edit) => road.send("edit", edit),
    read: () => {
      const typed = value ? value.value.trim() : "";
      if (value && !typed) return "Type a number first, such as 3.4.";
      if (!date.value) return "Choose the date of the check-in.";
      const words = { confidence: choice.value, note: note.value.trim() };
      return { id: lane.id, date: date.value, typed, ...words };
    },
    onClose: () => {
      forgotten();
      node.querySelector(".number")?.focus({ preventScroll: true });
    },
  });
}

function tick(road, id) {
  const number = road.lanes.get(id)?.node.querySelector(".number");
  number?.append(element("span", { class: "tick", role: "status", "aria-label": "Saved" }, "✓"));
}

export default function ({ data, parentElement, setTriggerValue }) {
  const road = instance(parentElement, () => createRoad(parentElement));
  road.data = data;
  road.send = setTriggerValue;
  render(road);
  hearAnswer(road.editors, data.answer, (id) => tick(road, id));
  if (data.focus !== null && data.focus !== road.focus) visit(road, data.focus, false);
  road.focus = data.focus;
  return road.leave;
}
