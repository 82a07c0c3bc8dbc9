// Names for messages, by which an answer is known for one's own.

let given = 0;

export function newToken() {
  return `${Date.now()}-${++given}`;
}
