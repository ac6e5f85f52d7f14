/** Secret values as they may be shown: the ends only, and never more than a quarter of a value. */

const shownAtMost = 4
const stars = "********"

export const mask = (value: string): string => {
  const oneLine = value.replaceAll(/\s+/g, " ")
  const shown = Math.min(shownAtMost, Math.floor(oneLine.length / 8))
  return `${oneLine.slice(0, shown)}${stars}${shown === 0 ? "" : oneLine.slice(-shown)}`
}
