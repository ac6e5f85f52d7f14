/** A seeded source of choices: everything that a simulation decides comes from one of these, so a seed replays it. */

export class Prng {
  private state: number

  constructor(seed: number) {
    this.state = Math.imul(seed + 1, 0x9e3779b1) >>> 0
    for (let warm = 0; warm < 4; warm += 1) this.next()
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  chance(probability: number): boolean {
    return probability > 0 && this.next() < probability
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  pick<A>(options: ReadonlyArray<A>): A {
    const found = options[Math.floor(this.next() * options.length)]
    if (found === undefined) throw new Error("nothing to pick from")
    return found
  }

  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries<number>(weights)
    let rest = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [key, weight] of entries) {
      rest -= weight
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of the record
      if (rest < 0) return key as K
    }
    throw new Error("nothing to pick from")
  }
}
