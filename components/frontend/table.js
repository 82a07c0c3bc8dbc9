// A table to type in: a cell is sent as it is left, and rows are known by their key, so that
// whoever adds or removes one meanwhile takes nothing from what is being typed.

const ANSWER_WITHIN = 8000;
const HURRY = 2500;
const TRY_AFTER = 400;
let tokens = 0;

function createTable(parentElement) {
  const table = { root: parentElement.querySelector(".root"), rows: new Map(), lists: new Map() };
  table.widths = element("colgroup");
  table.head = element("thead");
  table.body = element("tbody");
  table.empty = element("div");
  table.more = element("p", { class: "more" });
  table.held = element("p", { class: "more", role: "status" });
  table.fresh = element("form", { class: "fresh", hidden: true, novalidate: true, autocomplete: "off" });
  table.adding = button("", { class: "add", onclick: () => askNew(table) });
  table.datalists = element("div", { hidden: true });
  table.scroll = element("div", { class: "scroll" }, element("table", {}, table.widths, table.head, table.body));
  table.root.append(table.adding, table.fresh, table.empty, table.scroll, table.held, table.more, table.datalists);
  table.fresh.addEventListener("submit", (event) => {
    event.preventDefault();
    addRow(table);
  });
  keepKeys(table.root);
  return table;
}

function begin(table) {
  const { data } = table;
  table.shown = `${data.person} ${data.table}`;
  const nameless = table.nameless ? [...table.drafts.held] : [];
  table.drafts = new Drafts(`table ${data.person}`);
  // What was typed before a name was picked is that person's.
  for (const [key, draft] of nameless) table.drafts.set(key, { ...draft, left: false, refused: null });
  table.nameless = !data.person;
  table.sending = null;
  table.body.replaceChildren();
  table.rows.clear();
  table.columns = null;
  table.fresh.hidden = true;
}

function render(table) {
  const { data } = table;
  if (table.shown !== `${data.person} ${data.table}`) begin(table);
  columnsOf(table);
  table.empty.replaceChildren(...emptiness(data.empty));
  const nodes = [];
  const waiting = new Map(table.rows);
  for (const facts of data.rows) {
    const key = `${data.table} ${facts.id}`;
    const row = table.rows.get(key) ?? createRow(table, key);
    table.rows.set(key, row);
    waiting.delete(key);
    showRow(table, row, facts);
    nodes.push(...row.nodes);
  }
  table.scroll.hidden = !data.rows.length && !waiting.size;
  table.more.textContent = data.more;
  lingering(table, waiting, nodes);
  arrange(table.body, nodes);
  holding(table);
  offer(table);
  tried(table);
}

// A row that is no longer listed stays as long as something typed in it is not safe.
function lingering(table, waiting, nodes) {
  for (const [key, row] of waiting) {
    if (!table.drafts.of(key).length && table.sending?.row !== row) {
      table.rows.delete(key);
      continue;
    }
    const at = [...table.body.children].indexOf(row.node);
    nodes.splice(Math.min(at < 0 ? nodes.length : at, nodes.length), 0, ...row.nodes);
    if (!row.message.textContent)
      complain(row, null, "This row is no longer listed here. What you typed is kept.", [
        button("Drop what I typed", { onclick: () => dropRow(table, row) }),
      ]);
  }
}

function dropRow(table, row) {
  for (const [key] of table.drafts.of(row.key)) table.drafts.drop(key);
  table.rows.delete(row.key);
  for (const node of row.nodes) node.remove();
  holding(table);
}

// What is typed stands in no row that is shown: in one behind the search, or of another team.
function holding(table) {
  const { table: name } = table.data;
  const kept = new Set([...table.drafts.held.values()].map(({ row }) => row));
  const away = [...kept].filter((key) => key.startsWith(`${name} `) && key !== newKey(table) && !table.rows.has(key));
  table.held.textContent = away.length ? `◌ Typed and not saved yet in ${away.length} more not shown here.` : "";
}

function columnsOf(table) {
  const { columns, add } = table.data;
  for (const { name, kind, choices } of columns) if (kind === "pick") fillList(table, name, choices);
  const picked = columns.map(({ kind, choices, ...column }) => [kind, kind === "pick" ? null : choices, column]);
  const signature = JSON.stringify([picked, add]);
  face(table);
  if (table.columns === signature) return;
  table.columns = signature;
  const heads = columns.map(({ label, kind, hint }) => element("th", { scope: "col", class: kind, title: hint || null }, label));
  table.head.replaceChildren(element("tr", {}, ...heads, element("th", { scope: "col" }, element("span", { class: "unseen" }, "Saved?"))));
  const widths = columns.map(({ width }) => element("col", { style: `width: ${width}` }));
  table.widths.replaceChildren(...widths, element("col", { style: "width: 12.5rem" }));
  table.adding.textContent = add;
  buildNew(table);
}

function fillList(table, name, choices) {
  const id = `choices-${table.data.table}-${name}`;
  let list = table.lists.get(id);
  if (!list) {
    list = element("datalist", { id });
    table.lists.set(id, list);
    table.datalists.append(list);
  }
  if (list.children.length === choices.length && choices.every((one, at) => list.children[at].value === one)) return;
  list.replaceChildren(...choices.map((choice) => element("option", { value: choice })));
}

function pump(table) {
  if (table.sending || !table.data.editable) return;
  for (const [key, draft] of table.drafts.left()) {
    const row = table.rows.get(draft.row);
    if (!row) continue;
    const drafts = beside(table, row, key, draft);
    const cells = Object.fromEntries(drafts.map(([, one]) => [one.cell, one.typed.trim()]));
    const seen = Math.min(...drafts.map(([, one]) => one.seen));
    send(table, { row, drafts, edit: { id: row.facts.id, cells, seen } });
    return;
  }
}

// Cells that bound each other are saved together: a low above the old high is no mistake yet.
function beside(table, row, key, draft) {
  const group = (cell) => table.data.columns.find(({ name }) => name === cell)?.together || cell;
  return table.drafts.of(row.key).filter(([other, { cell }]) => other === key || group(cell) === group(draft.cell));
}

function send(table, sending) {
  table.sending = { ...sending, token: `${Date.now()}-${++tokens}` };
  if (sending.row) tellState(sending.row, "Saving…");
  sendIt(table);
}

function sendIt(table) {
  const { edit, token } = table.sending;
  table.sending.at = Date.now();
  clearTimeout(table.waiting);
  table.waiting = setTimeout(() => sendAgain(table), ANSWER_WITHIN);
  table.trigger("edit", { table: table.data.table, ...edit, token });
}

// The same said twice is one change, so that to send it again is safe.
function sendAgain(table) {
  if (!table.sending || !table.root.isConnected) return;
  if (table.sending.row) tellState(table.sending.row, "No answer yet: kept here, sent again by itself.");
  sendIt(table);
}

function hear(table, answer) {
  const sending = table.sending;
  if (!sending || answer?.token !== sending.token) return;
  clearTimeout(table.waiting);
  table.sending = null;
  if (sending.added) heardNew(table, answer);
  else if (sending.archived) heardArchived(table, sending.row, answer);
  else heardCells(table, sending, answer);
}

function heardCells(table, sending, answer) {
  for (const [key, was] of sending.drafts) {
    const now = table.drafts.get(key);
    if (!now) continue;
    if (answer.kind !== "saved") table.drafts.set(key, { ...now, left: false, refused: was.typed });
    else if (now.typed === was.typed) table.drafts.drop(key);
  }
  if (answer.kind !== "saved") {
    object(table, sending, answer);
    return;
  }
  quiet(sending.row);
  sending.row.saved = true;
  tellState(sending.row, table.drafts.of(sending.row.key).length ? "◌ Not saved yet" : "✓ Saved");
}

function object(table, { row, drafts }, { kind, message, field, theirs }) {
  const [key, draft] = drafts.find(([, one]) => one.cell === (theirs?.field ?? field)) ?? drafts[0];
  const mine = draft.typed.trim() || "nothing";
  const again = (changes) => () => {
    quiet(row);
    table.drafts.set(key, { ...table.drafts.get(key), refused: null, ...changes });
    if (changes.left) pump(table);
    else row.cells.get(draft.cell)?.focus();
  };
  const keep = () => {
    table.drafts.drop(key);
    quiet(row);
    fill(table, row);
    tellState(row, "");
  };
  if (kind === "conflict" && theirs)
    complain(row, draft.cell, contested(theirs, mine), [
      button(theirs.value === null ? "Keep it empty" : `Keep ${theirs.value}`, { onclick: keep }),
      button("Type another", { onclick: again({ seen: theirs.version }) }),
      button(`Save ${mine}`, { class: "primary", onclick: again({ left: true, seen: theirs.version }) }),
    ]);
  else complain(row, draft.cell, message || "This was not saved. Please try again.");
}

function archive(table, row) {
  const go = () => {
    quiet(row);
    send(table, { row, archived: true, drafts: [], edit: { id: row.facts.id, archive: true, seen: table.data.version } });
  };
  const keep = button("Keep it", { onclick: () => quiet(row) });
  complain(row, null, table.data.archiving, [keep, button("Archive", { class: "primary", onclick: go })], "");
  keep.focus();
}

function heardArchived(table, row, answer) {
  if (answer.kind === "saved") dropRow(table, row);
  else complain(row, null, answer.message);
}

// What the page proposes is filled in as if it had been typed: nothing is saved by itself.
function offer(table) {
  const { offered } = table.data;
  if (!offered || table.offered === offered.nonce) return;
  const row = table.rows.get(`${table.data.table} ${offered.id}`);
  if (!row) return;
  table.offered = offered.nonce;
  const cells = Object.entries(offered.cells).filter(([cell, text]) => told(table, row, cell) !== text);
  for (const [cell, text] of cells) draftOf(table, row, cell, text);
  fill(table, row);
  const save = () => {
    quiet(row);
    for (const [cell] of cells) leave(table, row, cell);
  };
  const drop = () => {
    for (const [cell] of cells) table.drafts.drop(`${row.key}|${cell}`);
    quiet(row);
    fill(table, row);
    tellState(row, "");
  };
  const answers = [button("Save range", { class: "primary", onclick: save }), button("Leave it as it was", { onclick: drop })];
  complain(row, null, offered.reason, cells.length ? answers : [button("Close", { onclick: () => quiet(row) })], cells.length ? "◌ Not saved yet" : "");
  row.asked.querySelector("button").focus();
}

// Checked while it is typed, and saved only when the cell is left.
function tryCell(table, row, cell) {
  clearTimeout(table.trying);
  table.trying = setTimeout(() => {
    const typed = table.drafts.get(`${row.key}|${cell}`)?.typed;
    if (typed) table.trigger("try", { table: table.data.table, id: row.facts.id, cell, typed, nonce: ++tokens });
  }, TRY_AFTER);
}

function tried(table) {
  const { tried: heard } = table.data;
  const row = heard && table.rows.get(`${table.data.table} ${heard.id}`);
  if (!row || table.drafts.get(`${row.key}|${heard.cell}`)?.typed !== heard.typed) return;
  note(row, heard.cell, heard);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const table = instance(parentElement, () => createTable(parentElement));
  const same = table.shown === `${data.person} ${data.table}`;
  table.data = data;
  table.trigger = setTriggerValue;
  if (same) hear(table, data.answer);
  render(table);
  if (table.sending && Date.now() - table.sending.at > HURRY) sendIt(table);
  pump(table);
}
