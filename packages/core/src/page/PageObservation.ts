/** What the driver reads from a page in one pass, region by region: the only input of the classifier. */
import * as Schema from "effect/Schema"
import { pageTopics } from "./PageTopics.ts"

/** A visible control of a region. `name` is its accessible name, whitespace folded. */
export const Control = Schema.Struct({
  role: Schema.Literals(["button", "link", "textbox", "heading", "dialog", "alert", "menu", "menuitem", "other"]),
  name: Schema.String,
  enabled: Schema.Boolean
})
export type Control = typeof Control.Type

/** What a text of the page is about, in the words that the site definition has for it. */
export const PageTopic = Schema.Literals(pageTopics)
export type PageTopic = typeof PageTopic.Type

/** A dialog, alert or toast that lies over the page, outside conversation and sidebar. */
export const Overlay = Schema.Struct({
  kind: Schema.Literals(["dialog", "alert", "toast"]),
  text: Schema.String,
  topics: Schema.Array(PageTopic),
  controls: Schema.Array(Control)
})
export type Overlay = typeof Overlay.Type

/** Result of asking the site's back end who is signed in. `status` 0 means that no answer came. */
export const LoginProbe = Schema.Struct({
  /** False when the definition of the site names no end point. */
  asked: Schema.Boolean,
  status: Schema.Int,
  /** An identity that is not the anonymous one. */
  identified: Schema.Boolean,
  /** The back end said in so many words that the visitor is anonymous or signed out. */
  anonymous: Schema.Boolean,
  email: Schema.NullOr(Schema.String)
})
export type LoginProbe = typeof LoginProbe.Type

/** One pass over the page, by region; holds no text of the conversation. */
export const PageObservation = Schema.Struct({
  url: Schema.String,
  /** True when the URL lies on an origin that the site definition allows. */
  ownOrigin: Schema.Boolean,
  /** True when the URL is a sign-in page of the site. */
  authUrl: Schema.Boolean,
  title: Schema.String,
  readyState: Schema.Literals(["loading", "interactive", "complete"]),
  /** Milliseconds since the navigation to this document began. */
  ageMs: Schema.Natural,
  /** HTTP status of the main document; 0 when unknown. */
  httpStatus: Schema.Int,
  /** Length of the text outside the turns, capped at 20,000. */
  bodyChars: Schema.Natural,
  composer: Schema.Struct({
    present: Schema.Boolean,
    enabled: Schema.Boolean,
    name: Schema.String,
    attachControl: Schema.Boolean
  }),
  /** Controls of the page outside conversation, sidebar and composer (header, main area of a sign-in page). */
  controls: Schema.Array(Control),
  /** Sign-in controls found outside conversation and sidebar. */
  loginControls: Schema.Array(Schema.String),
  /** Controls that only a signed-in page has (profile button). */
  accountControls: Schema.Array(Schema.String),
  /** Headings and short texts of a page that has neither conversation nor sidebar: an interstitial or error page. */
  plainText: Schema.String,
  /** What the title speaks of. */
  titleTopics: Schema.Array(PageTopic),
  /** What `plainText` speaks of. */
  plainTopics: Schema.Array(PageTopic),
  challenge: Schema.Struct({
    /** Frames, forms or containers of a challenge that are visible. */
    elements: Schema.Array(Schema.String),
    /** The challenge script alone; healthy pages have it too. */
    script: Schema.Boolean
  }),
  overlays: Schema.Array(Overlay),
  login: LoginProbe,
  sidebar: Schema.Struct({ present: Schema.Boolean, conversationIds: Schema.Array(Schema.String) }),
  turns: Schema.Natural
})
export type PageObservation = typeof PageObservation.Type
