/**
 * MurmurHash3 (32 bits) of a text. Computed here: it is needed at each start for each record that is shown, and loading
 * Node's own hashes costs more than that.
 */

/** Eight hexadecimal digits over the text's UTF-16 code units. Finds damage, not forgery. */
export const checksum = (text: string): string => {
  const even = text.length & ~1
  let hash = 0
  for (let index = 0; index < even; index += 2) {
    hash ^= scramble(text.charCodeAt(index) | (text.charCodeAt(index + 1) << 16))
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64 | 0
  }
  if (even < text.length) hash ^= scramble(text.charCodeAt(even))
  return (finish(hash ^ (text.length * 2)) >>> 0).toString(16).padStart(8, "0")
}

const scramble = (block: number): number => {
  const mixed = Math.imul(block, 0xcc9e2d51)
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
}

const finish = (hash: number): number => {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
  return second ^ (second >>> 16)
}
