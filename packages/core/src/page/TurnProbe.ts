/** A cheap reading of the one turn that the job created. */
import * as Schema from "effect/Schema"

/** How the turn of this job is found again, also in a virtualised thread or after a reload. */
export const TurnAnchor = Schema.Struct({
  /** Id of the user turn that carries our prompt, where known. */
  userTurnId: Schema.NullOr(Schema.String),
  /** Turns in the thread before the send. */
  turnsBefore: Schema.Natural,
  /** Id of the last turn before the send. */
  lastTurnIdBefore: Schema.NullOr(Schema.String),
  /** sha256 of the prompt, to recognise the user turn by its text. */
  promptSha256: Schema.String
})
export type TurnAnchor = typeof TurnAnchor.Type

/** What the turn of one job shows at one moment. */
export const TurnProbe = Schema.Struct({
  /** The user turn of this job is in the thread. */
  userTurnFound: Schema.Boolean,
  userTurnId: Schema.NullOr(Schema.String),
  /** An assistant turn follows it. */
  answerFound: Schema.Boolean,
  answerTurnId: Schema.NullOr(Schema.String),
  /** The site is generating: a stop control of the composer is visible. */
  generating: Schema.Boolean,
  /** A thinking or tool phase shows inside the turn (label, shimmer, progress). */
  thinking: Schema.Boolean,
  /** Controls that only a finished turn has (copy, good, bad), inside this turn. */
  finishControls: Schema.Boolean,
  /** Characters of answer text, without thinking summaries, placeholders and controls. */
  chars: Schema.Natural,
  /** The answer's place holds nothing but words that the page also uses for itself, such as "Thinking". */
  placeholder: Schema.optionalKey(Schema.Boolean),
  /** Changes whenever answer text or files change. */
  contentKey: Schema.String,
  /** Files and images that the turn offers. */
  files: Schema.Natural,
  /** The turn failed: an error with a retry control inside it. */
  failed: Schema.Boolean,
  /** The site offers to continue a cut answer. */
  continueOffered: Schema.Boolean,
  /** Number of alternative answers that the site asks to choose from. */
  alternatives: Schema.Natural,
  /** The site's response to the send has ended, as far as this page sent it; absent where nothing is known of it. */
  responseEnded: Schema.optionalKey(Schema.Boolean),
  /** Controls of the composer, known or not: a page that works shows others than one that waits for a prompt. */
  composerKey: Schema.optionalKey(Schema.String),
  /** Controls behind the answer inside its turn, known or not; a finished turn has more of them. */
  trailing: Schema.optionalKey(Schema.Natural),
  url: Schema.String
})
export type TurnProbe = typeof TurnProbe.Type
