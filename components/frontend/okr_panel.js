// What else can be done with a row: its place, where it belongs, putting it away.

function toggle(table, row) {
  row.panel.hidden = !row.panel.hidden;
  row.more.setAttribute("aria-expanded", String(!row.panel.hidden));
  if (row.panel.hidden) return;
  row.panel.replaceChildren(...panel(table, row));
  row.panel.querySelector("button")?.focus();
}

function panel(table, row) {
  const parts = [];
  if (!row.facts.fixed) {
    parts.push(button("↑ Up", { title: "Alt + ↑", onclick: () => shift(table, row, -1) }));
    parts.push(button("↓ Down", { title: "Alt + ↓", onclick: () => shift(table, row, 1) }));
    parts.push(...(row.target === "objective" ? toPlace(table, row) : toObjective(table, row)));
  }
  if (row.facts.may_archive) parts.push(button("Archive", { onclick: () => act(table, row, { do: "archive" }) }));
  const close = () => {
    toggle(table, row);
    row.more.focus();
  };
  parts.push(button("Done", { onclick: close }));
  return parts;
}

function choice(label, options, value) {
  const made = options.map((text) => element("option", { value: text }, text));
  const select = element("select", { "aria-label": label }, ...made);
  select.value = value;
  return select;
}

function toPlace(table, row) {
  const { teams, cycles, team, cycle } = table.data;
  const [toTeam, toCycle] = [choice("Team", teams, team), choice("Cycle", cycles, cycle)];
  const move = () => act(table, row, { do: "move", team: toTeam.value, cycle: toCycle.value });
  return [element("span", {}, "Move to"), toTeam, toCycle, button("Move", { onclick: move })];
}

function toObjective(table, row) {
  const others = table.order.filter((one) => one.id !== null && one !== row.under && !one.facts.over);
  if (!others.length) return [];
  const select = element("select", { "aria-label": "Objective" }, ...others.map((one) => element("option", { value: one.id }, title(one))));
  const move = () => act(table, row, { do: "move", under: Number(select.value) });
  return [element("span", {}, "Move to"), select, button("Move", { onclick: move })];
}

// The row goes at once and asks the server after: it is put back where the answer is no.
function shift(table, row, by) {
  const rows = (row.under ? row.under.kids : table.order).filter((one) => one.id !== null);
  const at = rows.indexOf(row);
  const to = at + by;
  if (row.facts.fixed || to < 0 || to >= rows.length) return;
  const others = rows.filter((one) => one !== row);
  act(table, row, { do: "place", after: to === 0 ? null : others[to - 1].id });
}
