/** First list, entries 29 to 53: model, sign-in, browser. */
import { because, type Entry, entry, scenario, test } from "./Entry.ts"

const decision = (...titles: ReadonlyArray<string>) => test("browser/drive/PickerDecision", ...titles)

export const modelAndAuth: ReadonlyArray<Entry> = [
  entry(
    "P29",
    "a plain Pro row leaves its presets unusable",
    decision("takes a bare Pro among its siblings for both efforts")
  ),
  entry(
    "P30",
    "what the closed pill says is believed without a choice",
    decision("opens a closed picker, whatever the pill says")
  ),
  entry("P31", "a switch that the page no longer has is demanded", decision("maps each preset to its tier")),
  entry("P32", "a slow picker is taken for a changed page", scenario("late-picker", "late-menu")),
  entry("P33", "new names of levels are unknown", decision("reads \"${name}\"")),
  entry("P34", "Close of a feedback dialog is taken for the picker's", scenario("feedback-dialog")),
  entry(
    "P35",
    "no chip and no dialog, though the menu above has the choice",
    decision("finds rows of a dropdown by name or by test id"),
    scenario("picker-header")
  ),
  entry(
    "P36",
    "bare names of efforts on chips",
    decision("believes a chip with its effort, never a bare Pro"),
    scenario("picker-chips")
  ),
  entry(
    "P37",
    "a choice that the account remembers derails the next one",
    decision("sets family, effort and switch in the dialog"),
    test("browser/drive/PickerRestore.integration", "leaves the person's own choice as it was: ${what}")
  ),
  entry(
    "P38",
    "half of the evidence proves the wrong preset",
    decision(
      "believes a chip with its effort, never a bare Pro",
      "does not trust a row that stays unmarked after it was pressed"
    )
  ),
  entry(
    "P39",
    "choosing a model depends on a job kept in a global variable",
    test("cli/command/jobs.integration", "runs two jobs at once, holds the third back, and completes all"),
    because("the wanted model is an argument, and no module keeps a job")
  ),
  entry(
    "P40",
    "cookies that carry a solved challenge are dropped",
    test("browser/site/Sites", "keeps session cookies and their numbered pieces, and nothing foreign")
  ),
  entry(
    "P41",
    "cookies of another site are taken along",
    test("browser/auth/UsableState", "takes only cookies that the site definition names, by domain and name")
  ),
  entry(
    "P42",
    "the page of a visitor, with its composer, is taken for a signed-in one",
    test("core/page/PageClassifier", "takes the shell of a visitor for what it is"),
    scenario("logout")
  ),
  entry(
    "P43",
    "a stale sign-in is reported as something else",
    test("core/page/PageClassifier", "asks to sign in where the session expired in front of the page"),
    test("core/worker/BeforeSend", "names the job and the profile in the next step")
  ),
  entry(
    "P44",
    "half of a cookie source is configured and silently ignored",
    test("browser/auth/CookieImport", "takes the profile of the configuration when none is named"),
    test("browser/auth/CookieImport", "says that a profile path is wrong, or is no profile")
  ),
  entry(
    "P45",
    "cookie databases with vanishing side files, double rows, hashed values",
    test("browser/auth/CookieImport", "reads them while another program holds the database locked"),
    test("browser/profile/CookieJar", "tells cookies apart by domain, name and path"),
    because("a maintained library reads the database and decrypts its values")
  ),
  entry(
    "P46",
    "advice names a configuration file that is not the one in use",
    test(
      "core/config/ConfigSources",
      "names file, line, key, what was expected and what is there for a value of the wrong kind"
    )
  ),
  entry(
    "P47",
    "diagnostics at fixed paths in the temporary folder",
    test("core/worker/BeforeSend", "saves diagnostics of the page that stood in the way"),
    test(
      "browser/drive/LongThread.integration",
      "saves what can be seen of a page, privately, and nothing more after it is gone"
    )
  ),
  entry(
    "P48",
    "a check before the submission mixes up session and seed",
    test(
      "pi-adapter/refusals.integration",
      "says that it is not ready without a profile, as an answer and as a failure"
    )
  ),
  entry(
    "P49",
    "other sessions of a browser driver break the launch",
    test(
      "browser/launch/Launch.integration",
      "starts a browser, names its process before use, and leaves no process and no temporary file"
    ),
    because("each job has a browser of its own over a pipe; there is nothing to attach to")
  ),
  entry(
    "P50",
    "the profile is deleted under a running browser",
    test("core/host/Host", "ends the browsers and removes the runtimes that were left, by record and without one")
  ),
  entry(
    "P51",
    "arguments of the user undo the isolation",
    test("core/config/ConfigSources", "refuses browser arguments that would break the isolation")
  ),
  entry(
    "P52",
    "lock files of a browser are cloned",
    test("browser/profile/CloneRules", "never takes a lock of a running browser, wherever it lies")
  ),
  entry(
    "P53",
    "cloning needs a program of the system",
    test("browser/profile/SeedProfileStore", "gives a private copy of what signs in, and removes it with the scope"),
    because("files are copied by this process")
  )
]
