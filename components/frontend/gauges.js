// The wall of gauges. A card is drawn anew only when its data changed; an open editor never is.

function unpacked(row) {
  const [id, name, whose, cadence, state, value, shown, unit, ideal, share, off, ...rest] = row;
  const [lower, upper, ends, series, behind, limits, line, signal, unusual, decided] = rest;
  const values = series ? series.split(" ").map((text) => (text === "-" ? null : Number(text))) : [];
  const facts = { id, name, whose, cadence, state, value, shown, unit, ideal, share, off };
  return { ...facts, lower, upper, ends, values, behind, limits, line, signal, unusual, decided };
}

function createWall(parentElement) {
  const wall = { root: parentElement.querySelector(".root"), cards: new Map(), editors: new Map() };
  wall.grid = element("div", { class: "wall" });
  wall.parts = element("div");
  wall.root.append(wall.parts, wall.grid);
  wall.leave = onOpen("kpi", (id, edit) => visit(wall, id, edit));
  return wall;
}

function visit(wall, id, edit) {
  const card = wall.cards.get(id);
  if (!card) return false;
  reveal(card.node);
  if (edit && wall.data.editable) edited(wall, id);
  else card.node.focus({ preventScroll: true });
  return true;
}

function render(wall) {
  const { data } = wall;
  const gauges = data.gauges.map(unpacked);
  const kept = [...wall.editors].filter(([, editor]) => editor.touched).map(([id]) => id);
  const shown = new Set([...gauges.map((gauge) => gauge.id), ...kept]);
  for (const id of [...wall.cards.keys()]) if (!shown.has(id)) forget(wall, id);
  gauges.forEach((gauge, index) => update(wall, gauge, JSON.stringify(data.gauges[index])));
  const order = [...shown].map((id) => wall.cards.get(id).node);
  if (!wall.editors.size || order.length !== wall.grid.children.length) arrange(wall.grid, order);
  wall.parts.replaceChildren(heading(data.heading, data.question), ...emptiness(data.empty));
  wall.list?.remove();
  wall.list = indicators(wall, data.indicators);
  if (wall.list) wall.root.append(wall.list);
}

function forget(wall, id) {
  wall.editors.get(id)?.close();
  wall.cards.get(id).node.remove();
  wall.cards.delete(id);
}

function update(wall, gauge, row) {
  const { data } = wall;
  const shared = `${data.whose[gauge.whose]}${data.signals[gauge.signal]}`;
  const signature = `${row}${data.editable}${data.opens}${shared}`;
  const card = wall.cards.get(gauge.id) ?? { node: element("article", { class: "card", tabindex: -1 }) };
  wall.cards.set(gauge.id, card);
  card.gauge = gauge;
  if (card.signature === signature) return;
  card.signature = signature;
  const focused = card.node.contains(wall.root.getRootNode().activeElement);
  const editor = wall.editors.get(gauge.id)?.form;
  for (const child of [...card.node.children]) if (child !== editor) child.remove();
  card.node.prepend(...face(wall, gauge));
  card.node.dataset.state = data.states[gauge.state][0];
  card.node.dataset.decided = gauge.decided;
  card.node.dataset.signal = data.signals[gauge.signal]?.[0] ?? "";
  card.node.setAttribute("aria-label", spoken(data, gauge));
  if (focused && !editor) card.node.querySelector(".number")?.focus({ preventScroll: true });
}

function face(wall, gauge) {
  const { data } = wall;
  const signal = data.signals[gauge.signal];
  return [
    element("h3", { title: `${gauge.name} — ${data.whose[gauge.whose]}` }, nameOf(wall, gauge)),
    element(
      "div",
      { class: "marks" },
      mark("mark", data.states[gauge.state]),
      signal ? mark("mark behaviour", signal) : null,
    ),
    element(
      "div",
      { class: "scale" },
      dial(gauge.share, gauge.off, gauge.ends),
      element("span", { class: "lower" }, gauge.lower),
      element("span", { class: "upper" }, gauge.upper),
    ),
    element("div", { class: "reading" }, reading(wall, gauge)),
    element("div", { class: "ideal" }, `ideal ${withUnit(gauge.ideal, gauge.unit)}`),
    sparkline(gauge.values, gauge.limits, gauge.unusual),
    element("p", { class: "words" }, gauge.line),
  ];
}

function mark(name, [, shape, text]) {
  return element("span", { class: name }, element("i", { "aria-hidden": "true" }, shape), text);
}

function withUnit(text, unit) {
  return unit ? `${text}\u00a0${unit}` : text;
}

function nameOf(wall, { id, name }) {
  if (!wall.data.opens) return element("span", { class: "name" }, name);
  return button(name, { class: "name", onclick: () => wall.send("open", { target: "kpi", id }) });
}

function reading(wall, { id, name, shown, unit }) {
  const long = shown.length > 6 ? " long" : "";
  const parts = [element("b", {}, shown), unit && element("small", {}, unit)];
  if (!wall.data.editable) return element("span", { class: `number${long}` }, ...parts);
  const label = `${name}: ${withUnit(shown, unit)}. Enter a reading`;
  const act = { onclick: () => edited(wall, id), "aria-label": label, title: "Enter a reading" };
  return element("button", { type: "button", class: `number${long}`, ...act }, ...parts);
}

function spoken({ states, signals, whose }, gauge) {
  const { name, shown, unit, ideal, line } = gauge;
  const facts = [withUnit(shown, unit), states[gauge.state][2], signals[gauge.signal]?.[2]];
  const said = [...facts, `ideal ${withUnit(ideal, unit)}`].filter(Boolean).join(", ");
  return `${name}, ${whose[gauge.whose]}: ${said}. ${line}.`;
}

function edited(wall, id) {
  const card = wall.cards.get(id);
  openEditor(wall.editors, id, (forgotten) => gaugeEditor(wall, card, forgotten));
}

function valueAt({ values, behind }, index) {
  return behind === null ? null : (values[values.length - 1 - (index - behind)] ?? null);
}

// Only the latest reading is known to the last digit: others are hinted at, or they would be
// saved rounded.
function exact({ value, behind }, index) {
  return index === behind && value !== null ? String(Number(value.toPrecision(12))) : "";
}

function hint(gauge, index) {
  const there = valueAt(gauge, index);
  if (there !== null) return `now ${number(there)}`;
  return gauge.value === null ? "" : `was ${gauge.shown}`;
}

function periodChoice(periods, gauge) {
  const options = periods.map(([start, label], index) => {
    const value = valueAt(gauge, index);
    return element("option", { value: start }, `${label} · ${value === null ? "not yet" : number(value)}`);
  });
  return element("select", {}, ...options, element("option", { value: "" }, "an earlier date…"));
}

function gaugeEditor(wall, { node, gauge }, forgotten) {
  const { data } = wall;
  const periods = data.periods[gauge.cadence] ?? [];
  const value = numberInput(exact(gauge, 0), hint(gauge, 0));
  const choice = periodChoice(periods, gauge);
  const earlier = element("input", { type: "date", max: data.day, "aria-label": "Date" });
  earlier.hidden = periods.length > 0;
  let filled = value.value;
  choice.addEventListener("change", () => {
    earlier.hidden = choice.value !== "";
    if (value.value !== filled) return;
    value.placeholder = hint(gauge, choice.selectedIndex);
    value.value = filled = exact(gauge, choice.selectedIndex);
  });
  const [note, noteField] = noteInput("Note");
  return new Editor({
    host: node,
    label: `Enter a reading for ${gauge.name}`,
    fields: [
      element("strong", { class: "about" }, gauge.name),
      field(gauge.unit ? `Value, ${gauge.unit}` : "Value", value),
      element("div", { class: "when" }, field("For", choice), earlier),
      noteField,
    ],
    first: value,
    version: data.version,
    send: (edit) => wall.send("edit", edit),
    read: () => {
      const period = choice.value || earlier.value;
      if (!value.value.trim()) return "Type a number first, such as 3.4.";
      if (!period) return "Choose the date it is for.";
      return { id: gauge.id, period, typed: value.value.trim(), note: note.value.trim() };
    },
    onClose: () => {
      forgotten();
      node.querySelector(".number")?.focus({ preventScroll: true });
    },
  });
}

function tick(wall, id) {
  const number = wall.cards.get(id)?.node.querySelector(".number");
  number?.append(element("span", { class: "tick", role: "status", "aria-label": "Saved" }, "✓"));
}

function indicators(wall, rows) {
  if (!rows.length) return null;
  const items = rows.map(([id, name, value, change, period]) =>
    element(
      "li",
      {},
      nameOf(wall, { id, name }),
      element("b", {}, value),
      element("small", {}, [change, period].filter(Boolean).join(" · ")),
    ),
  );
  return element(
    "section",
    { class: "indicators" },
    element("h3", {}, "Indicators", element("small", {}, "◇ no range, never green")),
    element("ul", {}, ...items),
  );
}

export default function ({ data, parentElement, setTriggerValue }) {
  const wall = instance(parentElement, () => createWall(parentElement));
  wall.data = data;
  wall.send = setTriggerValue;
  render(wall);
  hearAnswer(wall.editors, data.answer, (id) => tick(wall, id));
  if (data.focus !== null && data.focus !== wall.focus) visit(wall, data.focus, false);
  wall.focus = data.focus;
  return wall.leave;
}
