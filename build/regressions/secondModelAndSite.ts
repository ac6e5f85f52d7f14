/** Second list, entries 48 to 80: model, sign-in, challenge, dialogs. */
import { because, type Entry, entry, scenario, test } from "./Entry.ts"

const decision = (...titles: ReadonlyArray<string>) => test("browser/drive/PickerDecision", ...titles)
const classifier = (...titles: ReadonlyArray<string>) => test("core/page/PageClassifier", ...titles)

export const secondModelAndSite: ReadonlyArray<Entry> = [
  entry("S48", "names of levels drift", decision("reads \"${name}\"")),
  entry("S49", "an effort is counted as a model", scenario("picker-row-effort", "picker-power-menu")),
  entry("S50", "the effort of another row is set", scenario("picker-row-effort")),
  entry("S51", "a submenu of versions is taken for the list of models", scenario("picker-version-submenu")),
  entry("S52", "menus of sidebar and search are read as the picker", scenario("menu-traps")),
  entry("S53", "the picker mounts late", scenario("late-picker", "late-menu")),
  entry(
    "S54",
    "the page replaces the picker's node after a choice",
    test("practice/pickers.integration", "mounts late, fills its menu late, and is another node after a change"),
    scenario("late-picker")
  ),
  entry("S55", "the Pro of an old model is chosen", scenario("picker-header")),
  entry(
    "S56",
    "a name in another language is the beginning or end of another level's",
    decision("reads \"${name}\""),
    scenario("locale-zh", "locale-de", "picker-unified+locale-zh")
  ),
  entry(
    "S57",
    "one German word means advanced and extended",
    test("practice/pickers.integration", "uses one German word for advanced and for extended"),
    scenario("picker-unified+locale-de", "picker-configure+locale-de")
  ),
  entry(
    "S58",
    "extra high becomes Pro",
    test("browser/drive/PickerStanding", "never presses or believes another tier than the wanted one"),
    test("browser/drive/PickerStanding", "moves a slider to no other step than the wanted one")
  ),
  entry("S59", "a level that is locked is pressed", scenario("pro-unavailable")),
  entry(
    "S60",
    "the name of an effort proves a version",
    because("a version is neither chosen nor proven; family and effort are proven apart from each other"),
    decision("believes a chip with its effort, never a bare Pro")
  ),
  entry(
    "S61",
    "openers in Japanese and Korean are unknown",
    scenario("locale-ja", "locale-ko", "picker-unified+locale-ja")
  ),
  entry("S62", "the choice of the model moved into an advanced view", scenario("picker-unified")),
  entry(
    "S63",
    "a slider of four or five steps",
    decision("moves a slider to the tier and believes it only with the right words"),
    scenario("slider-picker", "stuck-slider")
  ),
  entry(
    "S64",
    "keeping the present model still wants a picker",
    test("browser/drive/Bare.integration", "is driven: ${name}"),
    test("browser/drive/Picker.integration", "touches nothing for the present model")
  ),
  entry(
    "S65",
    "the account's default is changed for good",
    test("browser/drive/PickerRestore.integration", "leaves the person's own choice as it was: ${what}")
  ),
  entry(
    "S66",
    "a temporary chat is refused together with Pro",
    test("core/oracle/Attaching", "is asked for, has no follow-up, and is refused together with a conversation"),
    because("a temporary chat takes every preset")
  ),
  entry(
    "S67",
    "a failure of the picker advises to sign in",
    test("core/docs/GeneratedDocs", "names every error code on the errors page"),
    scenario("no-picker"),
    because("the next step belongs to the code of the error, and the picker has codes of its own")
  ),
  entry(
    "S68",
    "an identity request without a token counts as signed out",
    classifier("believes account control and composer when the identity probe answers ${status}")
  ),
  entry(
    "S69",
    "a refused identity request on a healthy page",
    classifier("believes account control and composer when the identity probe answers ${status}")
  ),
  entry(
    "S70",
    "a title in the history speaks of logging in",
    classifier("depends on nothing that a conversation or the history can say"),
    scenario("fast"),
    because("each practice account has such titles")
  ),
  entry("S71", "a visitor's page has a composer too", classifier("takes the shell of a visitor for what it is")),
  entry("S72", "several known accounts to choose from", scenario("account-chooser")),
  entry(
    "S73",
    "the challenge's script is on healthy pages",
    classifier("ignores the challenge script of a healthy page")
  ),
  entry("S74", "a notice of too many requests is read as a menu", scenario("rate-limit", "rate-limit-on-upload")),
  entry("S75", "a locked account is waited for", scenario("account-blocked")),
  entry(
    "S76",
    "a thread that is gone leaves a dialog in front",
    test("browser/drive/Journey.integration", "refuses a conversation that the site does not have")
  ),
  entry(
    "S77",
    "renewed cookies sign somebody out",
    scenario("rotating-session", "strict-session"),
    test("browser/profile/CookieJar", "takes the newest of two rotations")
  ),
  entry(
    "S78",
    "too many cookies break every request",
    test("browser/auth/UsableState", "takes only cookies that the site definition names, by domain and name"),
    classifier("asks to sign in on a foreign page and where cookies are too large")
  ),
  entry(
    "S79",
    "no cookie was taken and the run goes on",
    test("browser/auth/UsableState", "refuses cookies among which none carries a login, and says which would")
  ),
  entry("S80", "a dialog of the browser asks about being attached to", because("Oracle attaches to no running browser"))
]
