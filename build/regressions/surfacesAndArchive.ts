/** First list, entries 1 to 28: tools for agents, packaging, archive. */
import { because, type Entry, entry, test } from "./Entry.ts"

export const surfacesAndArchive: ReadonlyArray<Entry> = [
  entry(
    "P1",
    "tool schema with a backslash class that a grammar-based server cannot read",
    test(
      "pi-adapter/tools",
      "are closed, without references, unions and patterns that small servers choke on, with enumerations of strings"
    ),
    test("cli/mcp/server", "names seven tools with honest annotations and schemas that every model's grammar takes")
  ),
  entry(
    "P2",
    "tool schema with a pattern that is not anchored",
    test(
      "pi-adapter/tools",
      "are closed, without references, unions and patterns that small servers choke on, with enumerations of strings"
    ),
    test("cli/mcp/server", "names seven tools with honest annotations and schemas that every model's grammar takes")
  ),
  entry(
    "P3",
    "enumerations in a form that one model vendor refuses",
    test(
      "pi-adapter/tools",
      "are closed, without references, unions and patterns that small servers choke on, with enumerations of strings"
    ),
    test("cli/mcp/server", "names seven tools with honest annotations and schemas that every model's grammar takes")
  ),
  entry(
    "P4",
    "output of a command that nobody sees in a mode without a screen",
    test("pi-adapter/refusals.integration", "prints what a command says in print mode")
  ),
  entry(
    "P5",
    "the browser is run to learn its version, without a limit",
    test("browser/locate/BrowserKind", "knows a renamed headless shell by the resources that it lacks"),
    because("the kind of a browser is read from its files; none is run before a job needs it")
  ),
  entry(
    "P6",
    "pollers and status lines in runs that end after one answer",
    test("pi-adapter/pi.integration", "waits for the oracle, is reminded and goes on, in print and in JSON mode")
  ),
  entry(
    "P7",
    "background work on a session that was replaced",
    test(
      "pi-adapter/pi.integration",
      "cancels without being woken for it, queues, and gives its jobs back to itself after a new session and a crash"
    )
  ),
  entry(
    "P8",
    "a stopped poller uses up a reminder that nobody got",
    test("core/wakeup/WakeUps", "that a closing session did not take is not counted, and comes when it is opened again")
  ),
  entry(
    "P9",
    "details of a failure are lost on their way to the agent",
    test(
      "pi-adapter/refusals.integration",
      "says that it is not ready without a profile, as an answer and as a failure"
    )
  ),
  entry(
    "P10",
    "the name of the agent's folder written into the code",
    test("pi-adapter/tools", "is what pi says, else where its sessions lie, under whatever name")
  ),
  entry(
    "P11",
    "settings of a project that the person does not trust",
    test(
      "pi-adapter/refusals.integration",
      "wants a session that is kept, a person for a sign-in, and a configuration without mistakes"
    )
  ),
  entry(
    "P12",
    "scripts for checks that take a wrong mode or time for a right one",
    test("core/docs/Scripts", "refuses ${args.join(\" \")} at once")
  ),
  entry(
    "P13",
    "checks that depend on the browser of whoever runs them",
    test(
      "browser/locate/BrowserLocator",
      "takes the npm package where it is asked for by name, whatever else is installed"
    )
  ),
  entry(
    "P14",
    "a trial run without a state of its own leaves jobs in the real one",
    test(
      "cli/command/demo.integration",
      "proves what arrived, keeps the answer, touches no state of the person and leaves nothing behind"
    )
  ),
  entry(
    "P15",
    "version ranges that stop an installation for no reason",
    test("core/docs/Manifests", "${name} sets no upper bound on Node")
  ),
  entry(
    "P16",
    "the compressor ends before the archiver and both wait",
    test("core/archive/Build", "writes a private ${format} whose content is the selection, byte for byte"),
    because("the archive is written in one process without programs at the ends of pipes")
  ),
  entry(
    "P17",
    "a broken pipe of the compressor ends the whole process",
    test("core/archive/Build", "fails with a typed error where the target folder is missing"),
    because("the archive is written in one process without programs at the ends of pipes")
  ),
  entry(
    "P18",
    "lists of 240,000 files overflow the stack",
    test("core/archive/Selecting", "copes with twice 120,000 candidates and as many exclusions"),
    test("core/archive/Pruning", "copes with twice 120,000 entries")
  ),
  entry(
    "P19",
    "a repository above the project widens what is packed",
    test("core/domain/Project", "never looks past the first git directory or the first forbidden one")
  ),
  entry(
    "P20",
    "an archive over the limit ends everything instead of saying how to narrow it",
    test("core/archive/TooLarge", "names the limit, the size and the largest parts, and orders the plan")
  ),
  entry(
    "P21",
    "a link leads out of the project",
    test("core/archive/Select", "refuses what lies outside the project, by any way"),
    test("core/archive/SafeFile", "refuses a file whose folder was swapped for a link to outside")
  ),
  entry(
    "P22",
    "a helper that hangs is waited for without end",
    test("core/archive/Build", "stops when it is interrupted and leaves no file"),
    test("core/worker/JobWorker", "are bounded: a close that hangs becomes a warning and frees the leases")
  ),
  entry(
    "P23",
    "state of tools is packed, or left out though it was asked for",
    test("core/archive/Select", "keeps tool state and build folders that a person names"),
    test("core/archive/BuiltInRules", "leaves out the folder %s as %s")
  ),
  entry(
    "P24",
    "folders of secrets deep in a tree",
    test("core/archive/BuiltInRules", "leaves out the folder %s as %s")
  ),
  entry(
    "P25",
    "a missing sign-in is noticed only after the archive was built",
    test("core/oracle/Oracle", "refuses ${name} as ${code} before anything is written"),
    test("core/oracle/Oracle", "reports a mistake in the selection before a missing seed")
  ),
  entry(
    "P26",
    "the format of one site is used for another",
    test("browser/site/Sites", "gives each site the archive format that it unpacks")
  ),
  entry(
    "P27",
    "paths and processes of Windows",
    test("core/archive/IgnoreRules", "reads lines with a carriage return"),
    test("core/node/StateDirsNode", "uses the native places of macOS and Windows"),
    test("browser/profile/CloneRules", "takes the cookies where Windows keeps them")
  ),
  entry(
    "P28",
    "archives of queued jobs stay behind and are not counted",
    test("core/queue/Admission", "counts the bytes that left the queue but are still on disk"),
    test("core/oracle/Oracle", "ends a queued job at once and removes its archive"),
    test("core/oracle/StuckArchive", "counts against the queue, is named, and is tried again until it is gone")
  )
]
