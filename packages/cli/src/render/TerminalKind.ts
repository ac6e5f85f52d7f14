/** What the terminal can show: which characters, and progress in its tab or task bar. Pure. */

export interface Glyphs {
  readonly spinner: ReadonlyArray<string>
  readonly full: string
  readonly empty: string
  readonly ellipsis: string
  readonly dot: string
  readonly bullet: string
  readonly quote: string
  readonly rule: string
  readonly pointer: string
}

const drawn: Glyphs = {
  spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
  full: "█",
  empty: "░",
  ellipsis: "…",
  dot: "·",
  bullet: "•",
  quote: "│",
  rule: "─",
  pointer: "›"
}

const ascii: Glyphs = {
  spinner: ["|", "/", "-", "\\"],
  full: "#",
  empty: "-",
  ellipsis: "~",
  dot: "-",
  bullet: "*",
  quote: "|",
  rule: "-",
  pointer: ">"
}

type Environment = Readonly<Record<string, string | undefined>>

const has = (env: Environment, name: string): boolean => (env[name] ?? "") !== ""

/** The old console of Windows and the kernel's own have no such font; a locale that is not UTF-8 garbles what it gets. */
export const glyphsOf = (env: Environment, platform: string): Glyphs => {
  if (platform === "win32") return has(env, "WT_SESSION") || has(env, "TERM_PROGRAM") ? drawn : ascii
  if (env["TERM"] === "linux" || env["TERM"] === "dumb") return ascii
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((value) => value !== undefined && value !== "")
  return locale === undefined || /utf-?8/i.test(locale) || platform === "darwin" ? drawn : ascii
}

const programs = new Set(["ghostty", "WezTerm", "vscode", "rio"])

/** Others take the sequence for a notification, so it goes only to terminals that are known to understand it. */
export const takesTaskbar = (env: Environment): boolean => {
  if (has(env, "ORACLE_NO_OSC_PROGRESS")) return false
  if (has(env, "TMUX") || has(env, "STY")) return false
  if (has(env, "WT_SESSION") || env["ConEmuANSI"] === "ON") return true
  if (programs.has(env["TERM_PROGRAM"] ?? "")) return true
  return Number(env["VTE_VERSION"] ?? 0) >= 7900
}

export type Taskbar = "off" | "busy" | "failed" | { readonly percent: number }

/** OSC 9;4: off, a percentage, failed, or busy without one. */
export const taskbarCode = (state: Taskbar): string => {
  const [kind, percent] = state === "off"
    ? [0, 0]
    : state === "failed"
    ? [2, 100]
    : state === "busy"
    ? [3, 0]
    : [1, Math.max(0, Math.min(100, Math.round(state.percent)))]
  return `\u001b]9;4;${kind};${percent}\u001b\\`
}
