/** A next step with the flags of the command line named as the arguments that a tool of an agent has for them. Pure. */

const words: ReadonlyArray<readonly [RegExp, string]> = [
  [/ with -p "\.\.\.", as a file with --prompt-file, or on standard input/g, " in prompt"],
  [/or allow it by name with --allow-secret-file path/g, "or let a person allow it at a terminal"],
  [/--files '(![^']*)'/g, "'$1' in files"],
  [/with --files/g, "in files"],
  [/--(attach|files|format|preset|queue|temporary)\b/g, "$1"]
]

/** Flags that no tool has, such as `--state-file`, stay: they are of commands for a person at a terminal. */
export const flagsAsArguments = (step: string): string =>
  words.reduce((text, [flag, argument]) => text.replaceAll(flag, argument), step)
