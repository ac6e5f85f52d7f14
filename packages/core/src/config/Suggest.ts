/** The known name that a mistyped one most likely means. */

/** Number of insertions, removals, replacements and swaps of neighbours between two words. */
const distance = (a: string, b: string): number => {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const cell = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      rows[i]?.push(Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + change, swap))
    }
  }
  return cell(a.length, b.length)
}

/** Null when nothing is close: more than a third of the letters (at least two) would have to change. */
export const suggest = (word: string, known: ReadonlyArray<string>): string | null => {
  const near = known
    .map((name) => ({ name, distance: distance(word.toLowerCase().slice(0, 80), name.toLowerCase()) }))
    .filter(({ distance, name }) => distance <= Math.max(2, Math.floor(name.length / 3)) && distance < name.length)
    .toSorted((a, b) => a.distance - b.distance)
  return near[0]?.name ?? null
}
