/** Numbers on the command line of a proof: a wrong one ends it at once, for a proof with a wrong count proves nothing. */
export const numberOf = (flag: string, text: string, least = 1): number => {
  const value = Number(text)
  if (text.trim() !== "" && Number.isFinite(value) && value >= least) return value
  console.error(`--${flag} takes a number of at least ${least}, not ${JSON.stringify(text)}`)
  process.exit(2)
}
