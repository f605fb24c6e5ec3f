/**
 * Finds councils by what people call them: a name matches when it begins like
 * the text typed, when each word typed begins one of its words, or when it
 * holds the text anywhere, in that order.
 *
 * @typedef {{ full: string, bare: string, words: string[] }} Name
 * @typedef {{ index: number, text: string, names: Name[] }} Council
 */

/**
 * @param {string} text - a name as written
 * @param {Set<string>} ignored - words that do not tell councils apart
 * @returns {Name} the name without case, accents and punctuation
 */
export function toName(text, ignored) {
  const plain = text.normalize("NFD").replace(/[\u0300-\u036f'’.]/g, "").toLowerCase().replace(/&/g, " and ");
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return { words, full: words.join(" "), bare: words.filter((word) => !ignored.has(word)).join(" ") };
}

/**
 * @param {Name} name - a name of a council
 * @param {Name} query - what was typed
 * @returns {number} 0 for the best match, more for weaker ones, Infinity for none
 */
function rank(name, query) {
  const wanted = query.bare || query.full;
  if (name.bare.startsWith(wanted) || name.full.startsWith(query.full)) return 0;
  const typed = wanted.split(" ");
  if (typed.every((part) => name.words.some((word) => word.startsWith(part)))) return 1;
  return name.full.includes(wanted) ? 2 : Infinity;
}

/**
 * @param {Council[]} councils - all of them, in the order of the list
 * @param {Name} query - what was typed
 * @returns {Council[]} those that match, best first
 */
export function matching(councils, query) {
  if (!query.full) return [];
  return councils
    .map((council) => ({ council, rank: Math.min(...council.names.map((name) => rank(name, query))) }))
    .filter((found) => found.rank < Infinity)
    .sort((one, other) => one.rank - other.rank)
    .map((found) => found.council);
}
