/** The files with which a service manager keeps a host: systemd's user unit and launchd's agent. Pure. */

export interface Service {
  /** The command and its arguments, all absolute. */
  readonly command: ReadonlyArray<string>
  /** Directories of this user, so that the service works on the same ones as the commands. */
  readonly environment: ReadonlyArray<readonly [name: string, value: string]>
  /** Where the host writes its log. */
  readonly log: string
}

export const unitName = "oracle-host.service"
export const agentLabel = "dev.effect-oracle.host"

/** First line or comment of a file that is ours: only such a file is replaced or removed. */
export const mark = "Written by 'oracle host install'; 'oracle host uninstall' removes it."

/** `%` begins a specifier and `"` and `\` end or escape; in a command `$` begins a variable too. */
const quote = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll("\"", "\\\"").replaceAll("%", "%%").replaceAll("\n", "\\n")}"`

const argument = (text: string): string => quote(text.replaceAll("$", "$$$$"))

/** Restarted after a failure only: a host that was asked to end, or handed over to a newer version, stays ended. */
export const systemdUnit = ({ command, environment }: Service): string =>
  [
    `# ${mark}`,
    "[Unit]",
    "Description=Oracle host: works on jobs in the background",
    "",
    "[Service]",
    "Type=exec",
    `ExecStart=${command.map(argument).join(" ")}`,
    ...environment.map(([name, value]) => `Environment=${quote(`${name}=${value}`)}`),
    "Restart=on-failure",
    "RestartSec=5",
    "# The host closes its browsers itself.",
    "KillMode=mixed",
    "TimeoutStopSec=60",
    "UMask=0077",
    "",
    "[Install]",
    "WantedBy=default.target",
    ""
  ].join("\n")

const xml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;")

const string = (text: string): string => `<string>${xml(text)}</string>`

export const launchdAgent = ({ command, environment, log }: Service): string =>
  [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<!-- ${mark} -->`,
    `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">`,
    `<plist version="1.0">`,
    "<dict>",
    `  <key>Label</key>${string(agentLabel)}`,
    "  <key>ProgramArguments</key>",
    "  <array>",
    ...command.map((part) => `    ${string(part)}`),
    "  </array>",
    "  <key>EnvironmentVariables</key>",
    "  <dict>",
    ...environment.map(([name, value]) => `    <key>${xml(name)}</key>${string(value)}`),
    "  </dict>",
    "  <key>RunAtLoad</key><true/>",
    "  <key>KeepAlive</key>",
    "  <dict><key>SuccessfulExit</key><false/></dict>",
    "  <key>ExitTimeOut</key><integer>60</integer>",
    "  <key>Umask</key><integer>63</integer>",
    `  <key>StandardErrorPath</key>${string(log)}`,
    "</dict>",
    "</plist>",
    ""
  ].join("\n")
