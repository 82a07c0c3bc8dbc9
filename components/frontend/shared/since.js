// What is another than it was, on the card that shows it; where nobody asks the card stays the same.

/**
 * @template {{ id: number }} Facts
 * @param {Facts} facts @param {Record<string, string> | null} moved
 * @returns {Facts & { changed?: string }}
 */
export function withChange(facts, moved) {
  const changed = moved?.[facts.id];
  return changed ? { ...facts, changed } : facts;
}
