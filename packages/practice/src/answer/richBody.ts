/** A body with every form that an answer can take, to see whether a reader keeps it. */
import type { Reference } from "../wire.ts"

export const citation: Reference = {
  matched_text: "\u{e200}cite\u{e202}turn0search0\u{e201}",
  title: "Release notes",
  url: "https://example.org/notes?from=answer",
  alt: "([example.org](https://example.org/notes?from=answer))"
}

export const richBody = `## What I would do

Start with the **lease**, not with the *queue*: a lease that is lost must fence its owner, see [the notes](https://example.org/fencing).
The rule in one line: \`if (token < current) refuse()\`.${citation.matched_text}

- Keep the state in one place
  - one writer
  - many readers
    - each with its own cursor
- Give every wait a bound
- ~~Poll~~ Listen

1. Write the intent down
2. Do it
   - once
   - and only once
3. Write the outcome down

### The sketch

\`\`\`ts
export const claim = (held: ReadonlyMap<string, number>, key: string): number => {
  const token = (held.get(key) ?? 0) + 1
  // the newest token wins; "$&" and \`ticks\` stay as they are
  return token < Number.MAX_SAFE_INTEGER ? token : 0
}
\`\`\`

\`\`\`bash
npm test -- --run "lease & fence" > out.txt
\`\`\`

> A lock that is never lost is a lock that was never tested.
>
> It takes two lines to say so.

The wait grows as \\(t_n = t_0 \\cdot 2^n\\), so that all waits together are

\\[
\\sum_{k=0}^{n} t_0 2^k = t_0 \\left(2^{n+1} - 1\\right)
\\]

| Step | Cost | Safe? |
| :--- | ---: | :---: |
| claim | 1 | yes |
| work \\| renew | 20 | yes |
| release | 1 | **no** |

---

Ask on if a part of it is unclear.`
