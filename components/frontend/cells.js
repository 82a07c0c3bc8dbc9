// One row of the list: what is there, the cells to type into, and what became of them.

const CELLS = ["typed", "confidence", "note", "blocked_by"];
const LABELS = { typed: "Value", confidence: "Confidence", note: "Comment", blocked_by: "Blocked by" };

function plain(value) {
  return value === null || value === undefined ? "" : String(Number(value.toPrecision(12)));
}

function createRow(list, key) {
  const row = { key, cells: new Map(), node: element("article", { class: "row" }) };
  row.what = element("div", { class: "what" });
  row.last = element("div", { class: "last" });
  row.steps = element("ul", { class: "steps" });
  row.state = element("div", { class: "state", role: "status" });
  row.message = element("p", { class: "message", role: "alert", id: `about ${key}`.replaceAll(" ", "-") });
  row.asked = element("div", { class: "actions" });
  row.node.addEventListener("keydown", (event) => pressed(list, row, event));
  return row;
}

function cellKey(row, cell) {
  return `${row.key}|${row.day}|${cell}`;
}

function told(row, cell) {
  const there = row.facts.told[row.at];
  if (!there) return "";
  return cell === "typed" ? plain(there[0]) : there[CELLS.indexOf(cell)];
}

// Built once; later runs only fill in what nobody is typing.
function build(list, row) {
  const { facts } = row;
  row.choice = element("select", { class: "day", "aria-label": `${facts.name}: for` });
  row.choice.addEventListener("change", () => choose(list, row, row.choice.selectedIndex));
  const fresh = element("div", { class: "new" });
  for (const cell of facts.cells) {
    const input = cell === "confidence" ? sureInput(list) : textInput(row, cell);
    const label = cell === "typed" && facts.unit ? `Value, ${facts.unit}` : LABELS[cell];
    input.setAttribute("aria-label", `${facts.name}: ${label.toLowerCase()}`);
    input.addEventListener("input", () => typed(list, row, cell));
    input.addEventListener(cell === "confidence" ? "change" : "focusout", () => leave(list, row, cell));
    row.cells.set(cell, input);
    const node = element("label", { class: `cell ${cell}` }, element("span", { "aria-hidden": "true" }, label), input);
    if (cell === "typed") fresh.append(node, same(list, row));
    else row.node.append(node);
  }
  fresh.append(row.choice);
  const openIt = button("Edit", { class: "open", "aria-label": `Edit ${facts.name}`, onclick: () => unfold(row) });
  row.node.prepend(row.what, row.last, row.steps, fresh);
  row.node.append(row.state, openIt, row.message, row.asked);
}

function textInput(row, cell) {
  if (cell !== "typed") return element("input", { maxlength: 2000, placeholder: cell === "note" ? "a word, if it is odd" : "what holds it up" });
  return element("input", { class: "value", inputmode: "decimal", maxlength: 40, autocomplete: "off" });
}

function sureInput(list) {
  const options = list.data.confidences.map((word) => element("option", { value: word }, word));
  return element("select", {}, element("option", { value: "" }, "not given"), ...options);
}

// For thumbs; whoever has keys types “=”.
function same(list, row) {
  const take = () => {
    row.cells.get("typed").value = "=";
    typed(list, row, "typed");
    leave(list, row, "typed");
  };
  return button("= no change", { class: "same", tabindex: -1, title: "Take the last value: or type =", onclick: take });
}

function show(list, row, facts) {
  row.facts = facts;
  if (!row.choice) {
    build(list, row);
    const [, draft] = list.drafts.of(row.key).at(-1) ?? [];
    row.day = draft?.day;
    row.node.classList.toggle("closed", facts.section === "early" && !draft);
    if (draft) tellState(row, "◌ Not saved yet");
  }
  const days = list.data.days[facts.days];
  row.at = Math.max(days.findIndex(([day]) => day === row.day), 0);
  row.day = days[row.at]?.[0] ?? "";
  const names = days.map(([day, name]) => element("option", { value: day }, name));
  const signature = JSON.stringify(days);
  if (row.days !== signature) row.choice.replaceChildren(...names);
  row.days = signature;
  row.choice.selectedIndex = row.at;
  face(list, row);
  fill(list, row);
  for (const input of [row.choice, ...row.cells.values()]) input.disabled = !list.data.editable;
}

function face(list, row) {
  const { facts } = row;
  const signature = JSON.stringify([facts, list.data.editable]);
  if (row.signature === signature) return;
  row.signature = signature;
  const name = facts.kpi === null || facts.target !== "kpi" ? facts.name : opener(list, facts.kpi, facts.name);
  row.what.replaceChildren(element("h4", {}, name), element("p", { class: "small" }, facts.place));
  const line = facts.series.filter((value) => value !== null).length > 1 ? sparkline(facts.series, null) : null;
  const fed = facts.fed && opener(list, facts.kpi, facts.fed);
  const about = [facts.when, facts.dismissed].filter(Boolean).map((words) => element("small", {}, words));
  const now = [facts.last && element("b", {}, facts.last), ...about, fed];
  row.last.replaceChildren(...[line, element("p", {}, ...now.filter(Boolean))].filter(Boolean));
  row.steps.replaceChildren(...facts.steps.map((step) => stepItem(list, row, step)));
  row.node.dataset.section = facts.section;
  row.node.dataset.target = facts.target;
  if (!row.saved && !list.drafts.of(row.key).length) tellState(row, facts.waits);
}

function opener(list, id, text) {
  return button(text, { class: "link", onclick: () => list.send("open", { target: "kpi", id }) });
}

function stepItem(list, row, [id, name, done, when]) {
  const box = element("input", { type: "checkbox", disabled: !list.data.editable });
  const draft = list.drafts.get(`${row.key}|step ${id}`);
  box.checked = draft ? draft.typed === "done" : done;
  box.addEventListener("change", () => {
    const said = { row: row.key, cell: "step", id, typed: box.checked ? "done" : "open" };
    list.drafts.set(`${row.key}|step ${id}`, { ...said, seen: list.data.version, left: true });
    pump(list);
  });
  return element("li", {}, element("label", {}, box, name, when && element("small", {}, when)));
}

function fill(list, row) {
  for (const [cell, input] of row.cells) {
    const text = list.drafts.get(cellKey(row, cell))?.typed ?? told(row, cell);
    if (input.value !== text) input.value = text;
  }
  const value = row.cells.get("typed");
  if (value) value.placeholder = row.facts.before === null ? "" : `was ${number(row.facts.before)}`;
}

function choose(list, row, at) {
  for (const cell of row.cells.keys()) leave(list, row, cell);
  row.at = at;
  row.day = list.data.days[row.facts.days][at][0];
  quiet(row);
  fill(list, row);
}

function typed(list, row, cell) {
  const input = row.cells.get(cell);
  if (cell === "typed" && input.value.includes("=")) input.value = plain(row.facts.before);
  const key = cellKey(row, cell);
  const seen = list.drafts.get(key)?.seen ?? list.data.version;
  list.drafts.set(key, { row: row.key, day: row.day, cell, typed: input.value, seen, left: false });
  quiet(row);
  tellState(row, "◌ Not saved yet");
}

// What was refused or asked about waits for another answer than the same again.
function leave(list, row, cell) {
  const key = cellKey(row, cell);
  const draft = list.drafts.get(key);
  if (!draft || draft.left || draft.refused === draft.typed) return;
  const text = draft.typed.trim();
  if (text === told(row, cell) || (cell === "typed" && !text)) {
    list.drafts.drop(key);
    fill(list, row);
    if (!list.drafts.of(row.key).length) tellState(row, row.saved ? "✓ Saved" : row.facts.waits);
    return;
  }
  list.drafts.set(key, { ...draft, left: true });
  tellState(row, "Saving…");
  pump(list);
}

function pressed(list, row, event) {
  event.stopPropagation();
  const cell = [...row.cells].find(([, input]) => input === event.target)?.[0];
  if (!cell) return;
  if (event.key === "Escape") {
    list.drafts.drop(cellKey(row, cell));
    quiet(row);
    fill(list, row);
    tellState(row, row.saved ? "✓ Saved" : row.facts.waits);
  }
  if (event.key !== "Enter") return;
  event.preventDefault();
  leave(list, row, cell);
  const question = row.asked.querySelector("button");
  if (question) question.focus();
  else onward(list, row);
}

function onward(list, row) {
  const values = [...list.root.querySelectorAll(".row:not(.closed) input.value")];
  const here = (input) => row.node.compareDocumentPosition(input);
  const next = values.find((input) => !row.node.contains(input) && here(input) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (!next) return;
  next.focus();
  next.select();
}

function unfold(row) {
  row.node.classList.remove("closed");
  const first = row.cells.values().next().value;
  first.focus();
  first.select?.();
}

function tellState(row, text) {
  if (row.state.textContent !== text) row.state.textContent = text;
  row.node.classList.toggle("saved", text.startsWith("✓"));
}

function quiet(row) {
  row.message.textContent = "";
  row.asked.replaceChildren();
  for (const input of row.cells.values()) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
}

function complain(row, cell, text, answers = []) {
  quiet(row);
  row.node.classList.remove("closed");
  row.message.textContent = text;
  row.asked.replaceChildren(...answers);
  tellState(row, "! Not saved");
  const input = row.cells.get(cell);
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", row.message.id);
}
