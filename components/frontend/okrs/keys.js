// What a key does in a cell: like a spreadsheet, but that a list and a choice use the arrows themselves.

/** @import { Row, Table } from "./types" */

import { take } from "../grid/focus.js";
import { LISTS } from "./fields.js";
import { shift, toggle } from "./panel.js";
import { forget } from "./rows.js";
import { leave } from "./sending.js";
import { draftKey } from "./state.js";

/** @param {Table} table @param {Row} row @param {KeyboardEvent} event */
export function pressed(table, row, event) {
  event.stopPropagation();
  const { target: input, key, altKey } = event;
  if (!(input instanceof HTMLElement)) return;
  const { field } = input.dataset;
  const aside = Number(key === "ArrowRight") - Number(key === "ArrowLeft");
  if (!field) return aside ? goAside(row, input, aside) : undefined;
  const along = Number(key === "ArrowDown") - Number(key === "ArrowUp");
  if (altKey && key === "Enter" && row.id !== null) {
    event.preventDefault();
    leave(table, row, field);
    toggle(table, row);
  } else if (altKey && along && row.id !== null) {
    event.preventDefault();
    shift(table, row, along);
  } else if (key === "Escape") forget(table, row, field);
  else if (key === "Enter") {
    event.preventDefault();
    leave(table, row, field);
    const question = row.asked.querySelector("button");
    if (question) question.focus();
    else take(firstOf(below(table, input, event.shiftKey ? -1 : 1)));
  } else if (along && mayLeave(table, row, field, input)) {
    event.preventDefault();
    take(below(table, input, along));
  } else if (aside && atEdge(input, key)) {
    event.preventDefault();
    goAside(row, input, aside);
  }
}

/** @param {Table} table @param {Row} row @param {string} field @param {HTMLElement} input */
function mayLeave(table, row, field, input) {
  return input instanceof HTMLInputElement && !(LISTS[field] && table.edits.drafts.get(draftKey(row, field)));
}

/** @param {HTMLElement} input @param {string} key */
function atEdge(input, key) {
  if (!(input instanceof HTMLInputElement)) return true;
  const { selectionStart: start, selectionEnd: end, value } = input;
  const all = start === 0 && end === value.length;
  return all || (key === "ArrowLeft" ? end === 0 : start === value.length);
}

/** @param {HTMLElement} root @param {string} selector */
function reachable(root, selector) {
  /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement | HTMLButtonElement>} */
  const all = root.querySelectorAll(selector);
  return [...all].filter((input) => !input.disabled && input.getClientRects().length);
}

/** @param {Table} table @param {HTMLElement} input @param {number} by */
function below(table, input, by) {
  /** @type {HTMLElement[]} */
  const column = reachable(table.root, `[data-field="${input.dataset.field}"]`);
  return column[column.indexOf(input) + by];
}

// A new row begins with its name, without which nothing in it is saved.
/** @param {HTMLElement | undefined} input */
function firstOf(input) {
  return input?.closest(".entry")?.matches(".new:not(.begun)") ? input.closest(".row")?.querySelector("[data-field='name']") : input;
}

/** @param {Row} row @param {HTMLElement} input @param {number} by */
function goAside(row, input, by) {
  /** @type {HTMLElement[]} */
  const cells = reachable(row.line, "[data-field], .ends button");
  take(cells[cells.indexOf(input) + by]);
}
