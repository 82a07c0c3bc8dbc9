// What a key does in a cell: like a spreadsheet, but that a list and a choice use the arrows themselves.

/** @import { Cells } from "./cells.js" */

import { reachable, take } from "./focus.js";

/** @param {Cells} row @param {KeyboardEvent} event */
export function pressed(row, event) {
  event.stopPropagation();
  const { target: input, key } = event;
  if (!(input instanceof HTMLElement)) return;
  const { field } = input.dataset;
  const aside = row.grid.goesAside ? Number(key === "ArrowRight") - Number(key === "ArrowLeft") : 0;
  const along = Number(key === "ArrowDown") - Number(key === "ArrowUp");
  if (!field) return aside ? goAside(row, input, aside) : undefined;
  if (key === "Escape") return row.forget(field);
  if (event.altKey && row.does(event, field, along)) return event.preventDefault();
  if (key === "Enter") {
    event.preventDefault();
    row.leave(field);
    const question = row.complaints.asked.querySelector("button");
    if (question) question.focus();
    else row.grid.land(row.onward(field, event.shiftKey ? -1 : 1));
  } else if (along && mayLeave(row, field, input)) {
    event.preventDefault();
    row.leave(field);
    take(beyond(row, field, along));
  } else if (aside && atEdge(input, key)) {
    event.preventDefault();
    goAside(row, input, aside);
  }
}

/** @param {Cells} row @param {string} field @param {HTMLElement} input */
function mayLeave(row, field, input) {
  if (input instanceof HTMLTextAreaElement) return true;
  const isText = input instanceof HTMLInputElement && input.type !== "date";
  return isText && !(input.list && row.draft(field));
}

/** @param {HTMLElement} input @param {string} key */
function atEdge(input, key) {
  if (!(input instanceof HTMLInputElement)) return true;
  const { selectionStart: start, selectionEnd: end, value } = input;
  const all = start === 0 && end === value.length;
  return all || (key === "ArrowLeft" ? end === 0 : start === value.length);
}

// The same cell of the next row that has it, or of the one before.
/** @param {Cells} row @param {string} field @param {number} by */
export function beyond({ line, grid }, field, by) {
  const others = reachable(grid.body, `[data-field="${field}"]`).filter((input) => !line.contains(input));
  /** @param {Node} input */
  const isAfter = (input) => Boolean(line.compareDocumentPosition(input) & Node.DOCUMENT_POSITION_FOLLOWING);
  return by > 0 ? others.find(isAfter) : others.findLast((input) => !isAfter(input));
}

/** @param {Cells} row @param {HTMLElement} input @param {number} by */
function goAside({ line }, input, by) {
  const cells = reachable(line, "[data-field], .ends button");
  take(cells[cells.indexOf(input) + by]);
}
