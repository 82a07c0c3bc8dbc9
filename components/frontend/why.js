// Why a KPI changed: what else moved then, and where the change comes from.

const HEADINGS = [["What", ""], ["When", ""], ["Change", "In standard deviations (σ) of one reading"], ["Where", ""]];

function box(title, question, ...parts) {
  return element("section", { class: "box" }, heading(title, question), ...parts);
}

function said(text) {
  const parts = text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
  return element("p", { class: "lead" }, ...parts);
}

function name(held, { id, name }) {
  if (id === undefined) return element("span", { class: "name" }, name);
  return button(name, { class: "name", onclick: () => open(held.send, "kpi", id) });
}

function movedRow(held, row) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name(held, row)),
    element("td", { class: "when" }, row.when),
    element("td", { class: "much" }, row.much),
    element("td", { class: "where" }, row.where),
  );
}

function moved(held) {
  const { question, lead, rows, few } = held.data.moved;
  const shown = held.all ? rows : rows.slice(0, few);
  const titles = HEADINGS.map(([text, title]) => element("th", { scope: "col", title: title || null }, text));
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...titles)),
    element("tbody", {}, ...shown.map((row) => movedRow(held, row))),
  );
  return box("What else moved then", question, said(lead), rows.length ? table : "", rest(held, rows.length - few));
}

function rest(held, more) {
  if (more <= 0) return "";
  const turn = () => {
    held.all = !held.all;
    render(held);
    held.root.querySelector(".more").focus({ preventScroll: true });
  };
  const text = held.all ? "Show fewer" : `Show ${more} more`;
  return button(text, { class: "more", "aria-expanded": String(Boolean(held.all)), onclick: turn });
}

function bar(held, row, index, all) {
  const place = `left: ${row.from}%; width: max(${row.width}%, 2px)`;
  return element(
    "li",
    { class: index === all.length - 1 ? "bar total" : "bar" },
    element("div", { class: "what" }, name(held, row), element("span", { class: "detail" }, row.detail)),
    element(
      "div",
      { class: "track", "aria-hidden": "true" },
      element("i", { class: row.along ? "along" : "against", style: place }),
    ),
    element("span", { class: "part" }, row.text),
  );
}

function split(held) {
  const { question, lead, bars, sum } = held.data.split;
  const list = element("ul", {}, ...bars.map((row, index) => bar(held, row, index, bars)));
  const end = sum ? element("p", { class: "lead" }, sum) : "";
  return box("Where the change comes from", question, said(lead), bars.length ? list : "", end);
}

function render(held) {
  held.root.replaceChildren(element("div", { class: "boxes" }, moved(held), split(held)));
}

export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, () => ({ root: parentElement.querySelector(".root") }));
  held.data = data;
  held.send = setTriggerValue;
  render(held);
}
