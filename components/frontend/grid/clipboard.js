// What was copied from a spreadsheet: cells between tabs, rows in lines.

// A cell that holds a tab, a line or a quotation mark stands between quotation marks.
/** @param {string} text */
export function copiedCells(text) {
  const lines = [[""]];
  let isQuoted = false;
  const signs = [...text.replaceAll(/\r\n?/g, "\n")];
  for (let at = 0; at < signs.length; at++) {
    const line = lines[lines.length - 1];
    const sign = signs[at];
    if (isQuoted && sign === '"' && signs[at + 1] === '"') line.push(line.pop() + signs[++at]);
    else if (sign === '"' && (isQuoted || !line.at(-1))) isQuoted = !isQuoted;
    else if (sign === "\t" && !isQuoted) line.push("");
    else if (sign === "\n" && !isQuoted) lines.push([""]);
    else line.push(line.pop() + sign);
  }
  return lines.map((line) => line.map((cell) => cell.trim())).filter((line) => line.some(Boolean));
}

/** @param {string} text */
export function isSpread(text) {
  return /[\t\n\r]/.test(text.replace(/\r?\n$/, ""));
}

/** @param {ClipboardEvent} event */
export function copiedText(event) {
  return event.clipboardData?.getData("text/plain") ?? "";
}

// A choice is known by its text, however it is written; what is none of them is left to be refused.
/** @param {string[][]} options @param {string} text */
export function chosen(options, text) {
  /** @param {string} one */
  const same = (one) => one.toLowerCase() === text.toLowerCase();
  return options.find((names) => names.some(same))?.[0] ?? text;
}
