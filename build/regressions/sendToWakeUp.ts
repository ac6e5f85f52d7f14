/** First list, entries 54 to 85: send, wait, files, queue, state, reminders. */
import { because, type Entry, entry, scenario, test } from "./Entry.ts"

export const sendToWakeUp: ReadonlyArray<Entry> = [
  entry(
    "P54",
    "a draft that was never sent counts as a running job",
    test("browser/drive/SendDecision", "takes an optimistic user turn for no proof")
  ),
  entry("P55", "the end of an answer is missed when classes of the page vanish", scenario("drift")),
  entry(
    "P56",
    "a rate limit in front of any step is reported as that step's failure",
    test("core/worker/BeforeSend", "waits for a rate limit that shows while ${step} fails"),
    scenario("rate-limit", "rate-limit-on-upload", "rate-limit-on-send", "rate-limit-after-send")
  ),
  entry(
    "P57",
    "an answer is not found without the headings of the page",
    test("browser/drive/Bare.integration", "is driven: ${name}"),
    scenario("drift")
  ),
  entry(
    "P58",
    "an answer without a lasting address",
    test("browser/drive/Bare.integration", "is driven: ${name}"),
    scenario("late-url"),
    because(
      "the answer is read from the page where it is; without an address only a lost browser cannot be resumed, and the job says so"
    )
  ),
  entry("P59", "an answer of files alone never ends", scenario("files-only")),
  entry(
    "P60",
    "a failed delivery is tried again without end",
    test("core/worker/SendLedger", "is tried once more after a refusal", "is not tried a third time"),
    scenario("send-refused", "send-refused-once")
  ),
  entry(
    "P61",
    "files behind buttons without a name, or behind an answer in JSON",
    test("browser/drive/Journey.integration", "keeps names with the letter s, also behind a button that names nothing"),
    test(
      "browser/drive/Transfer.integration",
      "brings small and large files, data and blob addresses, and JSON that points elsewhere"
    )
  ),
  entry(
    "P62",
    "words that look like file names become missing files",
    test("browser/drive/Transfer.integration", "takes words that look like files, and code, for text"),
    scenario("trap-words")
  ),
  entry(
    "P63",
    "a file gets the name of its neighbour, and a missing one is not told",
    test("browser/drive/FileName", "finds a file name in a label and nothing in a sentence"),
    test("cli/imitation.integration", "keeps the answer and the other files when the site has lost one")
  ),
  entry(
    "P64",
    "several processes that ask for capacity get errors",
    test("core/node/Contention", "never exceed the capacity and lose no job")
  ),
  entry(
    "P65",
    "warnings of a clean-up eat capacity",
    test(
      "core/host/Host",
      "is retried by identity after three minutes, while the job is complete and its leases are free"
    )
  ),
  entry(
    "P66",
    "a sweep takes what another process is just writing",
    test("core/node/TempFiles", "removes what a process left that is gone, and nothing else")
  ),
  entry(
    "P67",
    "locks and leases that exist half",
    test("core/faults/Storms", "are never two hosts, never write in an old epoch and never exceed the capacity"),
    because("leases are rows of one transaction, the host lock is held by the kernel")
  ),
  entry(
    "P68",
    "cancelling ends a stranger that got the process id",
    test("core/node/Processes", "is not fooled by a pid that another start time or another boot owns")
  ),
  entry(
    "P69",
    "a job is refused by the lease that it holds itself",
    test("core/queue/Admission", "lets a job go on in the conversation that it holds itself")
  ),
  entry(
    "P70",
    "the queue moves on before a cancelled job has given everything back",
    test("core/worker/JobWorkerStops", "during ${phase} ends the job as cancelled and gives everything back")
  ),
  entry(
    "P71",
    "a clean-up that hangs blocks for ever",
    test(
      "core/host/Host",
      "is retried by identity after three minutes, while the job is complete and its leases are free"
    ),
    test("core/upkeep/Upkeep", "gets its left browser ended while it waits")
  ),
  entry(
    "P72",
    "cleaning removes a job that still runs",
    test(
      "core/upkeep/Retention",
      "refuses a job that runs, and one that is still needed with the time at which it is not"
    )
  ),
  entry(
    "P73",
    "a queued job runs with the settings of somebody else",
    test("core/worker/JobWorker", "keeps the archive when the configuration says so"),
    test("core/host/Host", "reads its capacity anew at each promotion")
  ),
  entry(
    "P74",
    "a failed clean-up loses the record",
    test(
      "core/upkeep/Retention",
      "keeps a job whose record says otherwise than a removal that was cut off before the record was gone"
    )
  ),
  entry(
    "P75",
    "completion, cancelling and repair overwrite each other",
    test("core/worker/JobWorkerStops", "that comes after the answer is complete changes nothing"),
    test(
      "core/upkeep/Upkeep",
      "ends a job as cancelled whose intent its dead host did not carry out, and never puts it back"
    )
  ),
  entry(
    "P76",
    "the same reminder again and again",
    test(
      "core/wakeup/WakeUps",
      "comes once, at most three times tried, never beside a live session that asked, never after it is settled, and is not lost"
    )
  ),
  entry(
    "P77",
    "an agent takes a reminder for an order to try again",
    test(
      "pi-adapter/pi.integration",
      "asks, goes on, is woken once with the way to the answer, reads it as untrusted, and follows up"
    )
  ),
  entry(
    "P78",
    "a look before the first reminder suppresses it",
    test("core/wakeup/WakeUps", "is an observation before the first reminder, and settles the job after it")
  ),
  entry(
    "P79",
    "a reminder is finished by one who lost it, or stolen from a live session",
    test(
      "core/wakeup/WakeUps",
      "comes once, at most three times tried, never beside a live session that asked, never after it is settled, and is not lost",
      "of a dead session tells another one of the project, and still wakes the one that asked"
    )
  ),
  entry(
    "P80",
    "invented messages of the assistant in the history of a session",
    test(
      "pi-adapter/pi.integration",
      "asks, goes on, is woken once with the way to the answer, reads it as untrusted, and follows up"
    ),
    because("a reminder is an entry of its own kind, which names the job and never quotes the answer")
  ),
  entry(
    "P81",
    "a result is removed while somebody is told of it",
    test(
      "core/upkeep/Keeping",
      "waits for whoever was just woken, for two minutes, also when the clock was set back meanwhile"
    )
  ),
  entry(
    "P82",
    "jobs of another tool are adopted",
    test("core/upkeep/Retention", "leaves directories of other tools, strangers and links alone"),
    test(
      "core/wakeup/WakeUps",
      "is for sessions of the project and the kind that asked, and for jobs that were admitted"
    )
  ),
  entry(
    "P83",
    "book-keeping hides the end of a job, or a missing answer is called ready",
    test("core/oracle/Resume", "writes the answer again when its file is gone"),
    test("core/oracle/Oracle", "says that an answer is missing instead of reading an empty one")
  ),
  entry(
    "P84",
    "output names the default folder of jobs instead of the configured one",
    test("core/node/StateDirsNode", "follows ORACLE_JOBS_DIR before PI_ORACLE_JOBS_DIR before the state directory")
  ),
  entry(
    "P85",
    "removals race each other at the end of tests",
    test("browser/profile/SeedProfileStore", "removes the runtime of an id, and is content when there is none")
  )
]
