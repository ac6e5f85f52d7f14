/** First list, the fourteen defects that were found by running the other tool. */
import { because, type Entry, entry, scenario, test } from "./Entry.ts"

export const provenDefects: ReadonlyArray<Entry> = [
  entry(
    "PD1",
    "queued jobs wait until a person opens a session",
    test("core/host/Host", "runs two jobs at once and the third when a place is free"),
    test("cli/command/jobs.integration", "runs two jobs at once, holds the third back, and completes all")
  ),
  entry(
    "PD2",
    "a lock that several hold at once",
    test("core/node/HostLock", "is held by one process at a time and free again at once when that is killed"),
    test("core/faults/Storms", "are never two hosts, never write in an old epoch and never exceed the capacity")
  ),
  entry(
    "PD3",
    "names with the letter s are cut or lost",
    test("browser/drive/Journey.integration", "keeps names with the letter s, also behind a button that names nothing"),
    scenario("files")
  ),
  entry(
    "PD4",
    "a follow-up brings the files of all earlier turns",
    test("cli/imitation.integration", "goes on in the thread of an earlier job and brings back only what is new")
  ),
  entry(
    "PD5",
    "a helper that dies takes the worker along, and nobody notices",
    test("core/worker/AfterSend", "reopens the conversation when the browser is lost, without another send"),
    test("browser/drive/Resistance.integration", "says that the page is lost when its renderer dies, at once")
  ),
  entry(
    "PD6",
    "titles of the history and words of an answer stop a job",
    test("core/page/PageClassifier", "depends on nothing that a conversation or the history can say"),
    scenario("trap-words")
  ),
  entry(
    "PD7",
    "the error of a job grows with each repair",
    test("core/upkeep/Upkeep", "are kept once, in one line, and never more than twenty"),
    test("core/upkeep/Upkeep", "changes nothing when it reconciles a second time")
  ),
  entry(
    "PD8",
    "live workers are judged dead where a program is missing or the clock's zone differs",
    test("core/node/Processes", "is read from /proc even when the process has a name to confuse"),
    test("core/node/Processes", "is read from ps of macOS, with the start time as five words")
  ),
  entry(
    "PD9",
    "special text in a prompt is expanded",
    test("browser/drive/Resistance.integration", "takes special text and line ends as they are")
  ),
  entry(
    "PD10",
    "a new label of the composer leaves the page unknown",
    test("browser/drive/Bare.integration", "is driven: ${name}"),
    scenario("drift")
  ),
  entry(
    "PD11",
    "an anonymous identity counts as an account",
    test("browser/auth/SignInProof", "is never given by an anonymous identity or by a back end that does not answer")
  ),
  entry(
    "PD12",
    "ignored files and credentials are uploaded by default",
    test("core/archive/GitAgreement", "take the same files"),
    test("core/archive/BuiltInRules", "leaves out the file %s as %s")
  ),
  entry(
    "PD13",
    "a second input beside the whole project stops the pruning",
    test("core/archive/Select", "takes the whole project for a dot, also beside other entries")
  ),
  entry(
    "PD14",
    "slow compression, done anew for each folder that is dropped",
    test("core/archive/Build", "drops the largest generated folders of a whole project, in two passes"),
    because("the bench holds the archive against `tar | zstd -3`")
  )
]
