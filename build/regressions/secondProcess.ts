/** Second list, entries 81 to 111 and the nine defects that were found by running the tool. */
import { because, type Entry, entry, test } from "./Entry.ts"

const ownBrowser = "each job has a browser of its own, which ends with the job"
const noResearch = "Oracle starts no deep research; a report would be an answer like any other"
const noGemini = "Oracle has no such site"

export const secondProcess: ReadonlyArray<Entry> = [
  entry(
    "S81",
    "left-over files say that a browser runs",
    test("browser/profile/CloneRules", "never takes a lock of a running browser, wherever it lies")
  ),
  entry(
    "S82",
    "the lock of a live browser is removed",
    test("browser/launch/Launch.integration", "refuses a profile on which a browser runs and leaves that browser alone")
  ),
  entry(
    "S83",
    "the first page of a fresh browser cannot be opened",
    test(
      "browser/launch/Launch.integration",
      "starts a browser, names its process before use, and leaves no process and no temporary file"
    ),
    because("the page that the browser opens itself is used")
  ),
  entry("S84", "the page that a person looks at is taken over", because(ownBrowser)),
  entry("S85", "empty pages stay behind", because(ownBrowser)),
  entry(
    "S86",
    "pages and their processes pile up in a long run",
    test("cli/faults/crash.integration", "leaves nothing after several jobs under random kills")
  ),
  entry("S87", "a browser that was to stay is closed", because(ownBrowser)),
  entry(
    "S88",
    "a packaged Chromium cannot read hidden folders",
    test("browser/locate/BrowserLocator", "takes a snap only when there is nothing else, and warns")
  ),
  entry(
    "S89",
    "the machine's own address is another one",
    because("the browser is driven over a pipe, not over a port")
  ),
  entry(
    "S90",
    "the wish for a window is ignored",
    test(
      "browser/locate/BrowserLocator",
      "refuses a window where only a headless shell is, and says what the npm Chromium is"
    )
  ),
  entry(
    "S91",
    "memory grows",
    test(
      "browser/drive/Transfer.integration",
      "passes a very large download through without keeping it in memory"
    ),
    because("`npm run test:faults -- leaks` and the bench watch the memory of the host")
  ),
  entry(
    "S92",
    "the browser is closed while a person solves a challenge",
    test(
      "cli/headed/auth.integration",
      "leaves a check to the person in a window, and goes on by itself when it is solved"
    )
  ),
  entry("S93", "a tool is chosen and lost when the composer is emptied", because(noResearch)),
  entry("S94", "the frame of a tool call is saved as the report", because(noResearch)),
  entry("S95", "a plan or a state is saved as the report", because(noResearch)),
  entry("S96", "a report in a frame of another process is missed", because(noResearch)),
  entry(
    "S97",
    "a late download is taken for the next file",
    test("browser/drive/Transfer.integration", "presses nothing more after a download that did not come")
  ),
  entry(
    "S98",
    "only the page itself may fetch a file",
    test(
      "browser/drive/Transfer.integration",
      "brings small and large files, data and blob addresses, and JSON that points elsewhere"
    )
  ),
  entry(
    "S99",
    "a thread is put away before its answer is kept",
    test("core/oracle/CleanRemote", "is refused for a job that is not ended, and for a temporary chat"),
    because("Oracle puts no thread away by itself")
  ),
  entry("S100", "an empty first piece of a stream", because(noGemini)),
  entry("S101", "a file without a type is dropped", because(noGemini)),
  entry("S102", "names of models that are no longer valid", because(noGemini)),
  entry("S103", "a redirect loses the session", because(noGemini)),
  entry("S104", "the folder of the profile is ignored", because(noGemini)),
  entry(
    "S105",
    "a time that cannot be read becomes the default",
    test("cli/command/usage", "refuses a time that is no number, and starts nothing")
  ),
  entry(
    "S106",
    "Ctrl-C does not end the command soon",
    test("cli/command/jobs.integration", "ends at Ctrl-C while its job goes on, and a second one runs meanwhile")
  ),
  entry(
    "S107",
    "two runs with the same name",
    test("core/node/Contention", "never exceed the capacity and lose no job"),
    because("a job's id is new by construction")
  ),
  entry(
    "S108",
    "live runs are listed as dead",
    test("core/node/Processes", "knows itself and a running child, and that it is gone once killed")
  ),
  entry(
    "S109",
    "other text among the messages of a protocol",
    test("cli/mcp/server", "prints nothing but the protocol, and ends when the client leaves")
  ),
  entry(
    "S110",
    "the server for agents ends after they connect",
    test("cli/mcp/server", "ends within its time and leaves the job alone, with progress meanwhile")
  ),
  entry(
    "S111",
    "a run that should not be waited for is waited for",
    test("cli/command/jobs.integration", "hand a job over, look at it and come back to its answer")
  ),
  entry(
    "SD1",
    "the report of files shows nothing",
    test("cli/command/pack", "lists files with the largest first, the rule of each exclusion, and totals")
  ),
  entry(
    "SD2",
    "a flag for looking starts a real run, which ends in a bare network error",
    test("cli/command/usage", "names the flag that was probably meant"),
    test("browser/launch/LaunchFailure", "quotes the line with which the browser gave up"),
    because("`oracle pack` cannot send: it has no browser")
  ),
  entry(
    "SD3",
    "a trial run ignores a limit that the real one has",
    test("cli/command/pack", "shows a secret masked and says that a submission would be refused"),
    because("`oracle pack` and a submission make the same selection")
  ),
  entry(
    "SD4",
    "estimating tokens takes minutes on one long line",
    test("core/archive/TokenEstimate", "hands a 1.4 MB single line to the library once, in bounded pieces")
  ),
  entry("SD5", "words around the JSON", test("cli/command/pack", "prints the same as JSON and nothing else")),
  entry(
    "SD6",
    "a mistyped command becomes a prompt",
    test("cli/command/usage", "names the command that was probably meant on standard error, runs nothing and exits 2")
  ),
  entry(
    "SD7",
    "binary content is sent as broken text",
    test("core/archive/Secrets", "counts tokens of text and none of binary content"),
    test("core/archive/Build", "writes a private ${format} whose content is the selection, byte for byte")
  ),
  entry(
    "SD8",
    "a listing shows only part of what would be sent",
    test("core/archive/Manifest", "lists exactly the entries of the archive, and secrets masked")
  ),
  entry(
    "SD9",
    "an unknown job to follow is reported as something else",
    test("core/oracle/Oracle", "says that a job to follow is not there")
  )
]
