/** Removes from text what a terminal would obey instead of show. Everything that came from a site or a file name passes here. */
/* oxlint-disable eslint/no-control-regex */

const stringSequences =
  /(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c|(?=\n)|$)/g
const controlSequences = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/g
const shortSequences = /\u001b[ -/]*[0-~]?/g
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text of several lines: keeps line feeds and tabs, and turns other line ends into line feeds. */
export const sanitise = (text: string): string =>
  text
    .replace(stringSequences, "")
    .replace(controlSequences, "")
    .replace(shortSequences, "")
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replace(controls, "")
    .replace(bidi, "")

/** Text that must stay on one line: a title, a label, a path, a message. */
export const sanitiseLine = (text: string): string => sanitise(text).replace(/[\n\t]+/g, " ")

/** JSON text with the same characters written as escapes: the value stays exact and no terminal obeys it. */
export const escapeJson = (json: string): string =>
  json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  )
