/** Second list, entries 1 to 47: answers, threads, sending, attachments. */
import { because, type Entry, entry, scenario, test } from "./Entry.ts"

const progress = (...titles: ReadonlyArray<string>) => test("core/page/TurnProgress", ...titles)
const resists = (...titles: ReadonlyArray<string>) => test("browser/drive/Resistance.integration", ...titles)
const imitation = (...titles: ReadonlyArray<string>) => test("cli/imitation.integration", ...titles)

export const secondCapture: ReadonlyArray<Entry> = [
  entry("S1", "the stop button of a voice counts as generating", scenario("read-aloud")),
  entry(
    "S2",
    "a preamble, a half text or a passing finish bar is taken for the end",
    test(
      "core/worker/AfterSend",
      "saves no half of an answer when the finish bar flashes for longer than readings take to agree"
    ),
    scenario("preamble", "flashing-bar")
  ),
  entry(
    "S3",
    "a few words after thinking are taken for the answer",
    progress("waits longer for a few words after thinking, which may be a preamble")
  ),
  entry("S4", "a real answer is thrown away because it quotes a placeholder", scenario("trap-words")),
  entry(
    "S5",
    "\"Answer now\" is pressed and cuts the thinking short",
    scenario("slow", "natural"),
    because("each scenario test asserts that no such control was pressed")
  ),
  entry(
    "S6",
    "an earlier turn, or one of another thread, is read",
    test("browser/drive/WindowedThread.integration", "gives the answer to this prompt: ${prompt.split(\"\\n\")[0]}"),
    scenario("huge-conversation")
  ),
  entry(
    "S7",
    "nested elements of a message are counted as turns",
    test("browser/drive/LongThread.integration", "reads a thread of 2,000 turns quickly, and the right turn of it"),
    imitation("sends once and brings back the answer and its files (page generation ${generation})")
  ),
  entry(
    "S8",
    "the prompt is read as the answer, or not known again behind code fences",
    test("browser/drive/PromptMark", "knows the prompt in each form in which a page may send it"),
    imitation("sends once and brings back the answer and its files (page generation ${generation})")
  ),
  entry(
    "S9",
    "a turn that only tells a state is taken for the answer",
    progress("takes neither a placeholder nor a thinking summary for the answer")
  ),
  entry(
    "S10",
    "a changed stop button ends an answer that still grows",
    progress("believes an ended generation without controls only after a long stand"),
    progress("takes a long stall for no end where only thinking was known to be work, whatever came behind the text"),
    scenario("drift")
  ),
  entry(
    "S11",
    "a later reading replaces the answer that was kept",
    test("core/oracle/Resume", "fetches only what is missing and leaves the answer alone"),
    test("browser/drive/Markdown", "gives nothing for nothing")
  ),
  entry("S12", "an answer of an image alone is waited for", scenario("image")),
  entry(
    "S13",
    "after a reload the prompt seems lost while turns still come",
    test(
      "core/worker/SendLedger",
      "is never repeated when its outcome is not proven: the conversation is found instead"
    ),
    scenario("late-hydration", "send-uncertain")
  ),
  entry(
    "S14",
    "a passing address is taken for the thread",
    test("browser/site/ThreadAddress", "finds no durable conversation at ${address}"),
    scenario("late-url")
  ),
  entry(
    "S15",
    "an address that comes late is never kept",
    resists("confirms before the durable address is known, and learns it later"),
    scenario("late-url")
  ),
  entry(
    "S16",
    "a navigation is taken for a closed browser",
    resists("is not in the way of an observation that a navigation interrupts")
  ),
  entry(
    "S17",
    "a lost browser leaves a job running for ever",
    test("core/worker/BeforeSend", "starts again, at most three times, when the browser is lost")
  ),
  entry(
    "S18",
    "an open connection keeps the command alive after its end",
    test("cli/library/examples.integration", "ask one question in their own process and leave nothing running")
  ),
  entry(
    "S19",
    "a second attempt runs without the session that was given",
    test(
      "browser/profile/StateSurvival.integration",
      "has cookies, session cookies, local storage and IndexedDB of its seed (${cloneStrategy})"
    ),
    because("each round clones the same seed")
  ),
  entry(
    "S20",
    "a thread of a project is not found again, or strangers' pages are closed",
    test("browser/site/ThreadAddress", "reads the id of a conversation, also in a project and behind a query"),
    because("a job's browser holds no page of anybody else")
  ),
  entry(
    "S21",
    "Ctrl-C ends the browser of a running job",
    test("cli/command/jobs.integration", "ends at Ctrl-C while its job goes on, and a second one runs meanwhile")
  ),
  entry("S22", "a swallowed click leaves the prompt as a draft", scenario("swallowed-click")),
  entry("S23", "an old draft is sent along", resists("replaces the draft that the page restores")),
  entry("S24", "a page that just appeared loses what is typed", scenario("late-hydration")),
  entry(
    "S25",
    "clicks that no hand made are ignored",
    test("practice/page.integration", "ignores clicks that no hand made"),
    scenario("fast")
  ),
  entry(
    "S26",
    "after a failed upload the prompt is sent without files",
    scenario("upload-failure", "processing-failure")
  ),
  entry(
    "S27",
    "a send without proof leaves nothing to look at",
    test("core/worker/SendLedger", "ends as send_outcome_unknown when nothing proves what happened"),
    test("core/worker/BeforeSend", "saves diagnostics of the page that stood in the way")
  ),
  entry(
    "S28",
    "a prompt that is too long loses its way into a file at the second try",
    test("cli/command/submission", "over the limit of the site is refused before a file is looked at"),
    scenario("truncating-composer", "prompt-too-long")
  ),
  entry(
    "S29",
    "typing takes longer than its own limit",
    test("core/worker/SendLedger", "counts a click without an end as unproven after its limit"),
    resists("takes a prompt of 200 kB in seconds, byte for byte")
  ),
  entry(
    "S30",
    "a control called Files proves an upload",
    test("browser/drive/AttachmentName", "does not take \"${shown}\" for it")
  ),
  entry("S31", "a file that is given before the page listens is lost", scenario("late-hydration")),
  entry("S32", "a file is uploaded twice", scenario("slow-upload", "upload-failure-once")),
  entry(
    "S33",
    "a text goes into the input for images",
    test("practice/page.integration", "takes an archive and a prompt and proves both in the answer"),
    scenario("fast"),
    because("the practice site's first input takes images only, and refuses others")
  ),
  entry(
    "S34",
    "a name on a chip is cut or numbered",
    test("browser/drive/AttachmentName", "recognises ${shown}"),
    scenario("ellipsized-chips", "renamed-chips")
  ),
  entry("S35", "a chip shows no extension", scenario("stem-chips")),
  entry("S36", "no chip at all", scenario("no-chips")),
  entry("S37", "chips of an earlier draft count as ready", resists("removes what an earlier draft left attached")),
  entry(
    "S38",
    "another form of the page is taken for the composer",
    test(
      "browser/drive/TwoComposers.integration",
      "types, attaches and sends in the composer, not in the form that edits an old turn"
    )
  ),
  entry(
    "S39",
    "a file name in the prompt is taken for a chip, or an upload under way is missed",
    resists("waits for slow processing and takes several files, each proven by itself"),
    scenario("slow-upload"),
    because("uploads are proven before the prompt is typed")
  ),
  entry(
    "S40",
    "the upload is looked for in an older turn",
    because("uploads are proven in the composer, never in a turn"),
    scenario("huge-conversation")
  ),
  entry(
    "S41",
    "the sent turn shows no attachment",
    because("uploads are proven in the composer, never in a turn"),
    scenario("no-chips")
  ),
  entry("S42", "removing a chip hits something else", resists("removes what an earlier draft left attached")),
  entry(
    "S43",
    "a chip is shown and the file cannot be read",
    resists("fails by name when the site does not take the file"),
    scenario("processing-failure")
  ),
  entry(
    "S44",
    "the page of a project looks different",
    test("browser/site/ThreadAddress", "reads the id of a conversation, also in a project and behind a query"),
    because("Oracle opens threads and new chats; a thread in a project is opened by its own address")
  ),
  entry(
    "S45",
    "bytes of binary files change in the archive",
    test("core/archive/Build", "writes a private ${format} whose content is the selection, byte for byte")
  ),
  entry("S46", "pressing + leads to another mode of the site", scenario("work-mode")),
  entry("S47", "with files, the send does nothing and nobody notices", scenario("swallowed-click"))
]
