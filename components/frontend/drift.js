// The leader's list and, beside it, teams by weeks. Drawn anew only when its data changed.

function unpacked(row) {
  const [id, name, path, state, signal, value, ideal, since, decision, waits, ...rest] = row;
  const [leaves, series, limits, unusual] = rest;
  const values = series ? series.split(" ").map((text) => (text === "-" ? null : Number(text))) : [];
  const facts = { id, name, path, state, signal, value, ideal, since, decision, waits };
  return { ...facts, leaves, values, limits, unusual };
}

function mark(name, [kind, shape, text]) {
  const named = { class: `mark ${name}`, "data-kind": kind };
  return element("span", named, element("i", { "aria-hidden": "true" }, shape), text);
}

function kpiRow(held, packed) {
  const { states, signals } = held.data;
  const row = unpacked(packed);
  const signal = signals[row.signal];
  const act = { class: "name", onclick: () => held.send("open", { target: "kpi", id: row.id }) };
  return element(
    "tr",
    { "data-signal": signal?.[0] ?? "" },
    element("th", { scope: "row" }, button(row.name, act), element("small", {}, row.path)),
    element("td", { class: "marks" }, mark("health", states[row.state]), signal ? mark("signal", signal) : null),
    element("td", { class: "value" }, element("b", {}, row.value), ...lines(row.ideal, row.leaves)),
    element("td", {}, ...lines(row.since), element("span", { class: row.waits ? "waits" : "" }, row.decision)),
    element("td", { class: "trend" }, sparkline(row.values, row.limits, row.unusual)),
  );
}

function lines(...texts) {
  return texts.filter(Boolean).map((text) => element("small", {}, text));
}

function list(held) {
  const { rows } = held.data;
  if (!rows.length) return emptiness(held.data.empty);
  const names = ["KPI", "Health and signal", "Value", "Since and decision", "Last 26 readings"];
  const head = names.map((name) => element("th", { scope: "col" }, name));
  return [
    element(
      "table",
      { class: "list" },
      element("caption", { class: "unseen" }, "KPIs that drift, are out of range or are to be watched"),
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...rows.map((row) => kpiRow(held, row))),
    ),
    ...rest(held),
  ];
}

function rest(held) {
  const { more } = held.data;
  if (!more) return [];
  return [button(`Show ${more} more`, { class: "more", onclick: () => held.send("more", true) })];
}

function weekCell(held, name, week, drifting, judged) {
  const share = judged ? drifting / judged : 0;
  const said = judged ? `${drifting} of ${judged} drifted` : "nothing to tell yet";
  const label = `${name}, week of ${held.data.weeks[week]}: ${said}`;
  const heat = judged ? Math.ceil(share * 4) : -1;
  const long = drifting > 99 ? "long" : null;
  const told = { class: long, "data-heat": heat, title: label, "aria-label": label };
  return element("td", told, drifting ? String(drifting) : "");
}

function teamRow(held, [name, depth, drifting, judged]) {
  const here = depth === 0;
  const act = { class: "team", title: `Look at ${name}`, onclick: () => held.send("team", name) };
  const said = here ? element("span", { class: "team" }, name) : button(name, act);
  const cells = drifting.map((count, week) => weekCell(held, name, week, count, judged[week]));
  return element("tr", {}, element("th", { scope: "row", "data-depth": depth }, said), ...cells);
}

function strip(held) {
  const { teams, months, weeks, shown } = held.data;
  if (!teams.length) return null;
  const kept = held.teams ? teams : shown.map((at) => teams[at]);
  const head = weeks.map((week, at) => element("th", { scope: "col", "aria-label": `week of ${week}` }, months[at]));
  const recent = element("span", { class: "recent" }, "last 13 weeks · ");
  return element(
    "section",
    { class: "strip" },
    element("h3", {}, "Teams by week", element("small", {}, recent, "how many KPIs drifted; darker is a larger share")),
    element(
      "table",
      { class: "heat" },
      element("caption", { class: "unseen" }, "How many KPIs of each team drifted in each of the last 26 weeks"),
      element("thead", {}, element("tr", {}, element("td", {}), ...head)),
      element("tbody", {}, ...kept.map((row) => teamRow(held, row))),
    ),
    ...others(held),
  );
}

function others(held) {
  const hidden = held.data.teams.length - held.data.shown.length;
  if (hidden <= 0) return [];
  const turn = () => {
    held.teams = !held.teams;
    render(held);
    held.root.querySelector(".turn").focus({ preventScroll: true });
  };
  const text = held.teams ? "Show fewer teams" : `Show ${hidden} more team${hidden === 1 ? "" : "s"}`;
  return [button(text, { class: "more turn", "aria-expanded": String(Boolean(held.teams)), onclick: turn })];
}

function facts({ besides, chance }) {
  return [besides, chance].filter(Boolean).map((text) => element("p", { class: "fact" }, text));
}

function render(held) {
  const { data } = held;
  held.root.replaceChildren(
    heading("Drift", data.question),
    ...facts(data),
    element("div", { class: "parts" }, element("section", { class: "rows" }, ...list(held)), strip(held)),
  );
}

export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, () => ({ root: parentElement.querySelector(".root") }));
  held.send = setTriggerValue;
  const signature = JSON.stringify(data);
  if (held.signature === signature) return;
  held.signature = signature;
  held.data = data;
  render(held);
}
