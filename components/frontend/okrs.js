// The table of a team's objectives: cells keyed by row, so that whatever others add or remove
// in the meantime, what is typed stays in its own row.

const ANSWER_WITHIN = 8000;
const HURRY = 2500;
let tokens = 0;

function createTable(parentElement) {
  const table = { root: parentElement.querySelector(".root"), rows: new Map(), order: [], acts: [], blank: null };
  table.lists = ["people", "kpis", "supportable"].map((id) => element("datalist", { id }));
  table.about = element("ul", { class: "remarks team" });
  table.empty = element("div");
  const columns = ["Key result", "Kind", "From", "To", "Unit", "Weight", "Owner", "Fed by KPI", "Now", ""];
  table.columns = element("div", { class: "columns", "aria-hidden": "true" }, ...columns.map((name) => element("span", {}, name)));
  table.body = element("div", { class: "objectives" });
  table.root.append(...table.lists, table.empty, table.about, table.columns, table.body);
  keepKeys(table.root);
  return table;
}

function render(table) {
  const { data } = table;
  const place = `${data.person} ${data.place}`;
  if (table.place !== place) begin(table, place);
  table.lists.forEach((list) => offer(list, data[list.id]));
  table.empty.replaceChildren(...emptiness(data.empty));
  table.about.replaceChildren(...data.remarks.map((reason) => element("li", {}, element("i", { "aria-hidden": "true" }, "✎"), element("span", { class: "unseen" }, "The coach: "), reason)));
  table.columns.hidden = !data.objectives.length;
  const here = new Set();
  const order = data.objectives.map((facts) => {
    const row = seat(table, "objective", facts, null, here);
    const kids = facts.key_results.map((each) => seat(table, "key result", each, row, here));
    row.kids = [...kids, ...unplaced(row.kids, here)];
    return row;
  });
  table.order = [...order, ...unplaced(table.order, here)];
  for (const row of [...table.rows.values()]) if (row.id !== null && !here.has(row)) missing(table, row);
  settleBlanks(table);
}

function begin(table, place) {
  table.place = place;
  table.drafts = new Drafts(`${place} okrs`);
  table.sending = null;
  table.acts = [];
  table.rows.clear();
  table.order = [];
  table.blank = null;
  table.body.replaceChildren();
  revive(table);
}

// New rows that were typed before a reload come back from what the tab kept.
function revive(table) {
  for (const [, draft] of table.drafts.held) {
    if (!draft.row?.startsWith("new ") || table.rows.has(draft.row)) continue;
    const under = draft.under ? table.rows.get(draft.under) ?? null : null;
    if (draft.target === "key result" && !under) {
      (table.waiting ??= []).push(draft);
      continue;
    }
    adopt(table, draft, under);
  }
}

function adopt(table, draft, under) {
  const row = createRow(table, draft.target, draft.row, null, under);
  table.rows.set(row.key, row);
  (under ? under.kids : table.order).push(row);
  return row;
}

function seat(table, target, facts, under, here) {
  const key = `${target} ${facts.id}`;
  let row = table.rows.get(key);
  if (!row) {
    row = createRow(table, target, key, facts.id, under);
    table.rows.set(key, row);
    for (const draft of (table.waiting ?? []).filter((one) => one.under === key)) if (!table.rows.has(draft.row)) adopt(table, draft, row);
  }
  row.under = under;
  row.facts = facts;
  here.add(row);
  if (row.gone) quiet(row);
  row.gone = false;
  face(table, row);
  return row;
}

function unplaced(rows, here) {
  return rows.filter((row) => !here.has(row) && (row.id === null || row.waits || row.gone));
}

// A row that somebody took away keeps what was typed into it, and asks.
function missing(table, row) {
  if (row.waits === table.data.version || row.gone) return;
  row.waits = null;
  const typedHere = table.drafts.of(row.key);
  const kids = row.kids.some((kid) => table.drafts.of(kid.key).length);
  if (!typedHere.length && !kids) return drop(table, row);
  row.gone = true;
  const place = row.under ? row.under.kids : table.order;
  if (!place.includes(row)) place.push(row);
  complain(row, "name", "Somebody took this row away meanwhile. What you typed is still here.", [
    button("Let it go", { onclick: () => letGo(table, row) }),
    button("Add it as a new row", { class: "primary", onclick: () => addAgain(table, row) }),
  ]);
}

function drop(table, row) {
  table.rows.delete(row.key);
  row.node.remove();
}

function letGo(table, row) {
  for (const one of [row, ...row.kids]) for (const [key] of table.drafts.of(one.key)) table.drafts.drop(key);
  (row.under ? row.under.kids : table.order).splice((row.under ? row.under.kids : table.order).indexOf(row), 1);
  drop(table, row);
}

function addAgain(table, row) {
  const texts = [...row.cells].map(([field, { input }]) => [field, input.value]);
  for (const [key] of table.drafts.of(row.key)) table.drafts.drop(key);
  table.rows.delete(row.key);
  Object.assign(row, { key: newKey(row.target), id: null, facts: {}, gone: false, signature: null });
  table.rows.set(row.key, row);
  quiet(row);
  for (const [field, text] of texts) {
    if (!text) continue;
    const under = row.under?.key ?? null;
    table.drafts.set(draftKey(row, field), { row: row.key, target: row.target, under, cell: field, typed: text, seen: table.data.version, left: true });
  }
  settleBlanks(table);
  pump(table);
}

// Below the last row of each kind there is always an empty one to type into.
function settleBlanks(table) {
  const may = table.data.editable && table.data.cycle;
  for (const row of table.order) {
    const open = may && !row.facts.over && !row.gone && (row.id !== null || named(table, row));
    row.kids = withBlank(table, "key result", row.kids, row, open);
  }
  table.order = withBlank(table, "objective", table.order, null, may);
  for (const row of table.order) {
    for (const one of [row, ...row.kids]) {
      fill(table, one);
      face(table, one);
    }
    inOrder(table, row.body, row.kids);
  }
  inOrder(table, table.body, table.order);
}

// The empty row stays the same one: who goes to it while another cell is saved must find it.
function withBlank(table, target, rows, under, open) {
  const isEmpty = (row) => row.id === null && !row.gone && !table.drafts.of(row.key).length;
  const empty = rows.filter(isEmpty);
  const spare = open ? empty.find((row) => row.line.contains(focused(table))) ?? empty.at(-1) : null;
  for (const row of empty) if (row !== spare) drop(table, row);
  const kept = rows.filter((row) => !isEmpty(row));
  const begun = kept.at(-1)?.id === null && !named(table, kept.at(-1));
  if (spare) return [...kept, spare];
  if (!open || begun) return kept;
  const row = createRow(table, target, newKey(target), null, under);
  table.rows.set(row.key, row);
  return [...kept, row];
}

function named(table, row) {
  const draft = table.drafts.get(draftKey(row, "name"));
  return Boolean(draft?.left && draft.typed.trim());
}

function focused(table) {
  return table.root.getRootNode().activeElement;
}

// A moved field loses its focus: it gets it back where it went.
function inOrder(table, body, rows) {
  const nodes = rows.map((row) => row.node);
  if (body.children.length === nodes.length && nodes.every((node, at) => body.children[at] === node)) return;
  const active = focused(table);
  const range = active?.selectionStart === undefined ? null : [active.selectionStart, active.selectionEnd];
  table.moving = true;
  arrange(body, nodes);
  table.moving = false;
  if (active && active !== focused(table) && body.contains(active)) {
    active.focus();
    if (range) active.setSelectionRange?.(...range);
  }
}

function offer(list, names) {
  const signature = names.join("\n");
  if (list.signature === signature) return;
  list.signature = signature;
  list.replaceChildren(...names.map((name) => element("option", { value: name })));
}

function act(table, row, edit) {
  if (row.id === null) return;
  table.acts.push({ row, edit: { ...edit, target: row.target, id: row.id, seen: table.data.version } });
  tellState(row, "Saving…");
  pump(table);
}

// All that waits goes in one message; each change in it is saved, logged and answered by itself.
function pump(table) {
  if (table.sending || !table.data.editable) return;
  const sent = table.drafts.left().map(([key, draft]) => editOf(table, key, draft)).filter(Boolean);
  sent.push(...table.acts);
  table.acts = [];
  if (!sent.length) return;
  table.sending = { sent, token: `${Date.now()}-${++tokens}` };
  sendIt(table);
}

function editOf(table, key, draft) {
  const row = table.rows.get(draft.row);
  if (!row || row.gone) return null;
  const text = draft.typed.trim();
  const { seen } = draft;
  if (row.id !== null) return { row, key, draft, edit: { do: "cell", target: row.target, id: row.id, field: draft.cell, typed: text, seen } };
  if (draft.cell !== "name" || (row.under && row.under.id === null)) return null;
  return { row, key, draft, edit: { do: "add", target: row.target, name: text, under: row.under?.id ?? null, seen } };
}

function sendIt(table) {
  const { sent, token } = table.sending;
  table.sending.at = Date.now();
  clearTimeout(table.waitingFor);
  table.waitingFor = setTimeout(() => sendAgain(table), ANSWER_WITHIN);
  table.send("edit", { edits: sent.map(({ edit }) => edit), token });
}

// The same said twice is one change, so that to send it again is safe.
function sendAgain(table) {
  if (!table.sending || !table.root.isConnected) return;
  for (const { row } of table.sending.sent) tellState(row, "No answer yet: kept here, sent again by itself.");
  sendIt(table);
}

function hear(table, answer) {
  if (!table.sending || answer?.token !== table.sending.token) return;
  clearTimeout(table.waitingFor);
  const { sent } = table.sending;
  table.sending = null;
  sent.forEach((one, at) => settle(table, one, answer.answers[at] ?? { kind: "refused", message: "" }));
}

function settle(table, one, answer) {
  const { row, key, draft, edit } = one;
  if (answer.kind === "saved" && edit.do === "add") name(table, row, answer.id);
  const held = key && (table.drafts.get(key) ?? table.drafts.get(draftKey(row, draft.cell)));
  if (held) {
    const place = draftKey(row, draft.cell);
    if (answer.kind !== "saved") table.drafts.set(place, { ...held, left: false, refused: draft.typed });
    else if (held.typed === draft.typed) table.drafts.drop(place);
    else table.drafts.set(place, { ...held, seen: table.data.version });
  }
  if (answer.kind !== "saved") return object(table, one, answer);
  row.saved = true;
  const field = edit.do === "add" ? "name" : edit.field;
  if (field) {
    row.cells.get(field).tick.textContent = "✓";
    quiet(row, field);
  }
  tellState(row, table.drafts.of(row.key).length ? "◌ Not saved yet" : "✓ Saved");
}

// A new row gets its key: its nodes stay, so that whoever types in it notices nothing.
function name(table, row, id) {
  const before = row.key;
  const drafts = table.drafts.of(before);
  const key = `${row.target} ${id}`;
  const twin = table.rows.get(key);
  if (twin && twin !== row) drop(table, twin);
  table.rows.delete(before);
  Object.assign(row, { key, id, waits: table.data.version });
  table.rows.set(key, row);
  for (const [old, draft] of drafts) {
    table.drafts.drop(old);
    table.drafts.set(draftKey(row, draft.cell), { ...draft, row: key, seen: table.data.version });
  }
  for (const [old, draft] of table.drafts.held) if (draft.under === before) table.drafts.set(old, { ...draft, under: key });
}

function object(table, { row, key, draft, edit }, { kind, message, theirs }) {
  const field = edit.field ?? "name";
  if (kind !== "conflict" || !theirs) return complain(row, field, message || "This was not saved. Please try again.");
  if (!key) {
    const again = { ...edit, seen: theirs.version };
    const insist = () => {
      quiet(row);
      act(table, row, again);
    };
    return complain(row, "name", `${contested(theirs)} Look again before you go on.`, [
      button("Let it be", { onclick: () => forget(table, row, "name") }),
      button("Do it all the same", { class: "primary", onclick: insist }),
    ]);
  }
  const place = draftKey(row, draft.cell);
  const mine = draft.typed.trim() || "nothing";
  const insist = () => {
    quiet(row);
    table.drafts.set(place, { ...table.drafts.get(place), refused: null, left: true, seen: theirs.version });
    pump(table);
  };
  const again = () => {
    quiet(row);
    table.drafts.set(place, { ...table.drafts.get(place), refused: null, seen: theirs.version });
    take(row.cells.get(field).input);
  };
  return complain(row, field, `${contested(theirs)} You typed ${mine}.`, [
    button(theirs.text ? `Keep ${theirs.text}` : "Keep it empty", { onclick: () => forget(table, row, field) }),
    button("Type another", { onclick: again }),
    button(`Save ${mine}`, { class: "primary", onclick: insist }),
  ]);
}

function contested({ who, text, field }) {
  const cell = LABELS[field] ?? "something here";
  return `${who ?? "Somebody"} has changed “${cell.toLowerCase()}” to ${text || "nothing"} meanwhile.`;
}

function point(table) {
  const { focus } = table.data;
  if (!focus || table.pointed === focus) return;
  const row = table.rows.get(focus);
  if (!row) return;
  table.pointed = focus;
  reveal(row.line);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const table = instance(parentElement, () => createTable(parentElement));
  table.data = data;
  table.send = setTriggerValue;
  if (table.place === `${data.person} ${data.place}`) hear(table, data.answer);
  render(table);
  if (table.sending && Date.now() - table.sending.at > HURRY) sendIt(table);
  pump(table);
  point(table);
}
