/** What `--json` prints of a selection. */
import type { Selected } from "@effect-oracle/core/archive/Archiver"

export const selectionView = (selected: Selected) => ({
  root: selected.root,
  entries: selected.entries.toSorted((a, b) => b.bytes - a.bytes),
  exclusions: selected.exclusions,
  secrets: selected.secrets,
  totals: {
    entries: selected.entries.length,
    bytes: selected.bytes,
    tokens: selected.tokens,
    exclusions: selected.exclusions.length,
    secrets: selected.secrets.length
  }
})
