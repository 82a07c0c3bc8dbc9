// The list of what is one's own. Rows stay where they are until the page is opened anew.

const SECTIONS = [["due", "Due"], ["late", "Late"], ["early", "Early"]];
const ANSWER_WITHIN = 8000;
const HURRY = 2500;
let tokens = 0;

function createList(parentElement) {
  const list = { root: parentElement.querySelector(".root"), rows: new Map(), sections: new Map() };
  list.head = element("div", { class: "head" });
  list.sentence = element("p", { class: "sentence", role: "status" });
  list.empty = element("div");
  const columns = ["", "last", "new", "confidence", "comment", "blocked by", ""];
  list.columns = element("div", { class: "columns", "aria-hidden": "true" }, ...columns.map((name) => element("span", {}, name)));
  for (const [section, title] of SECTIONS) {
    const head = element("h3", {}, title);
    const body = element("div", { class: "rows" });
    list.sections.set(section, { title, head, body, node: element("section", { class: section, "aria-label": title }, head, body) });
  }
  list.root.append(list.head, list.empty, list.columns, ...[...list.sections.values()].map(({ node }) => node));
  keepKeys(list.root);
  leaveAtTouch(list.root);
  return list;
}

function render(list) {
  const { data } = list;
  if (list.person !== data.person) begin(list);
  list.head.replaceChildren(heading("Update", "type, Enter, done"), list.sentence);
  if (list.sentence.textContent !== data.sentence) list.sentence.textContent = data.sentence;
  list.empty.replaceChildren(...emptiness(data.empty));
  list.columns.hidden = !data.rows.length;
  const shown = new Set();
  for (const facts of data.rows) {
    const key = `${facts.target} ${facts.id}`;
    const row = list.rows.get(key) ?? createRow(list, key);
    row.place ??= facts.section;
    list.rows.set(key, row);
    shown.add(row);
    show(list, row, facts);
  }
  for (const [key, row] of list.rows) if (!shown.has(row)) list.rows.delete(key);
  for (const [section, parts] of list.sections) arrangeSection(list, section, parts);
}

function begin(list) {
  list.person = list.data.person;
  list.drafts = new Drafts(list.person);
  list.sending = null;
  for (const row of list.rows.values()) row.node.remove();
  list.rows.clear();
}

// Order is that of the first sight: a saved row does not jump away under one's fingers.
function arrangeSection(list, section, { title, head, body, node }) {
  const rows = [...list.rows.values()].filter((row) => row.place === section);
  const open = rows.filter((row) => row.facts.section === section).length;
  head.textContent = rows.length && !open ? `${title}: all done ✓` : `${title} (${open})`;
  node.hidden = !rows.length;
  const nodes = rows.map((row) => row.node);
  if (body.children.length !== nodes.length || nodes.some((one, at) => body.children[at] !== one)) arrange(body, nodes);
}

function pump(list) {
  if (list.sending || !list.data.editable) return;
  for (const [key, draft] of list.drafts.left()) {
    const row = list.rows.get(draft.row);
    if (!row) continue;
    const found = editOf(list, row, key, draft);
    if (!found) continue;
    list.sending = { ...found, row, token: `${Date.now()}-${++tokens}` };
    tellState(row, "Saving…");
    sendIt(list);
    return;
  }
}

function sendIt(list) {
  const { edit, token } = list.sending;
  list.sending.at = Date.now();
  clearTimeout(list.waiting);
  list.waiting = setTimeout(() => sendAgain(list), ANSWER_WITHIN);
  list.send("edit", { ...edit, token });
}

// The same said twice is one change, so that to send it again is safe.
function sendAgain(list) {
  if (!list.sending || !list.root.isConnected) return;
  tellState(list.sending.row, "No answer yet: kept here, sent again by itself.");
  sendIt(list);
}

function editOf(list, row, key, draft) {
  if (draft.cell === "step")
    return { drafts: [[key, draft]], edit: { target: "step", id: draft.id, done: draft.typed === "done", seen: draft.seen } };
  const drafts = [[key, draft]];
  if (row.facts.target === "kpi") {
    const other = draft.cell === "note" ? "typed" : "note";
    const beside = list.drafts.of(row.key).find(([, { cell, day }]) => cell === other && day === draft.day);
    if (draft.cell === "note" && !stands(list, row, draft.day)) return waitForValue(list, row, key, draft, beside);
    if (beside?.[1].waits) drafts.push(beside);
  }
  const cells = Object.fromEntries(drafts.map(([, { cell, typed: text }]) => [cell, text.trim()]));
  const seen = Math.min(...drafts.map(([, one]) => one.seen));
  const sure = draft.sure === draft.typed;
  return { drafts, edit: { target: row.facts.target, id: row.facts.id, day: draft.day, cells, seen, sure } };
}

function stands(list, row, day) {
  const at = list.data.days[row.facts.days].findIndex(([one]) => one === day);
  return Boolean(row.facts.told[at]);
}

function waitForValue(list, row, key, draft, value) {
  list.drafts.set(key, { ...draft, left: false, waits: true });
  if (!value) tellState(row, "◌ Kept here: saved with its number.");
  return null;
}

function hear(list, answer) {
  const sending = list.sending;
  if (!sending || answer?.token !== sending.token) return;
  clearTimeout(list.waiting);
  list.sending = null;
  for (const [key, was] of sending.drafts) {
    const now = list.drafts.get(key);
    if (!now) continue;
    if (answer.kind !== "saved") list.drafts.set(key, { ...now, left: false, refused: was.typed });
    else if (now.typed === was.typed) list.drafts.drop(key);
  }
  if (answer.kind === "saved") settle(list, sending.row);
  else object(list, sending, answer);
}

function settle(list, row) {
  row.saved = true;
  tellState(row, list.drafts.of(row.key).length ? "◌ Not saved yet" : "✓ Saved");
}

function object(list, { row, drafts: [[key, draft]] }, { kind, message, theirs }) {
  const mine = draft.typed.trim() || "nothing";
  const input = row.cells.get(draft.cell);
  const again = (changes) => () => {
    quiet(row);
    list.drafts.set(key, { ...list.drafts.get(key), refused: null, ...changes });
    if (changes.left) pump(list);
    else input?.focus();
  };
  const keep = () => {
    list.drafts.drop(key);
    quiet(row);
    row.signature = null;
    show(list, row, row.facts);
    tellState(row, row.facts.waits);
  };
  if (kind === "doubtful")
    complain(row, draft.cell, `Really ${mine}? ${message}`, [
      button("Change it", { onclick: again({}) }),
      button(`Save ${mine}`, { class: "primary", onclick: again({ left: true, sure: draft.typed }) }),
    ]);
  else if (kind === "conflict" && theirs)
    complain(row, draft.cell, contested(theirs, mine), [
      button(theirs.value === null ? "Keep it empty" : `Keep ${theirs.value}`, { onclick: keep }),
      input && button("Type another", { onclick: again({ seen: theirs.version }) }),
      button(`Save ${mine}`, { class: "primary", onclick: again({ left: true, seen: theirs.version }) }),
    ].filter(Boolean));
  else complain(row, draft.cell, message || "This was not saved. Please try again.");
}

function focusFirst(list) {
  if (list.focused || !list.data.rows.length) return;
  list.focused = true;
  const free = document.activeElement === document.body || document.activeElement === null;
  const first = list.root.querySelector(".row:not(.closed) input.value");
  if (free && first && list.data.editable && !window.matchMedia("(pointer: coarse)").matches) first.focus();
}

export default function ({ data, parentElement, setTriggerValue }) {
  const list = instance(parentElement, () => createList(parentElement));
  list.data = data;
  list.send = setTriggerValue;
  if (list.person === data.person) hear(list, data.answer);
  render(list);
  if (list.sending && Date.now() - list.sending.at > HURRY) sendIt(list);
  pump(list);
  focusFirst(list);
}
