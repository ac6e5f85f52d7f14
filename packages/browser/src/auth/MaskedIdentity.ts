/** How an account is shown to people: enough to recognise it, not enough to learn it. */

/** `jane@example.com` becomes `j***@example.com`; anything else keeps its first two characters. */
export const masked = (identity: string | null): string | null => {
  const text = identity?.trim() ?? ""
  if (text === "") return null
  const at = text.lastIndexOf("@")
  return at > 0 ? `${[...text][0]}***${text.slice(at)}` : `${[...text].slice(0, 2).join("")}***`
}
