/**
 * The one table of errors: stable code, exit code, whether trying again can help, and the next step.
 * Surfaces print from it, `docs/user/errors.md` is generated from it, exit codes are read from it.
 */
import * as Struct from "effect/Struct"

/** Exit codes of the `oracle` command, by class of error (PRODUCT, section 13). */
export const exitOf = {
  ok: 0,
  other: 1,
  usage: 2,
  notReady: 3,
  notFound: 4,
  busy: 5,
  jobFailed: 6,
  cancelled: 7,
  timeout: 8,
  interrupted: 130
} as const

/** What kind of failure it is; decides the exit code. */
export type ErrorClass = Exclude<keyof typeof exitOf, "ok">

/** One line of the table. */
export interface ErrorRow {
  readonly class: ErrorClass
  /** True when the same request can succeed later without a change by the user. */
  readonly retryable: boolean
  /** What the person does next; `<job>` and `<site>` are filled in where they are known. */
  readonly nextStep: string
}

const row = (errorClass: ErrorClass, retryable: boolean, nextStep: string): ErrorRow => ({
  class: errorClass,
  retryable,
  nextStep
})

/** Every code that any surface can print. */
export const errorTable = {
  usage_error: row("usage", false, "run the command with --help to see what it takes"),
  invalid_option: row("usage", false, "use one of the values that the message lists"),
  prompt_required: row(
    "usage",
    false,
    "give the prompt with -p \"...\", as a file with --prompt-file, or on standard input"
  ),
  prompt_too_large: row(
    "usage",
    false,
    "shorten the prompt, or put the long part into a file and select it with --files"
  ),
  archive_input_required: row("usage", false, "name at least one file, folder or glob with --files"),
  archive_input_missing: row("usage", false, "check the path or glob; paths are relative to the project root"),
  archive_input_outside: row(
    "usage",
    false,
    "copy the file into the project, or run the command from the project that holds it"
  ),
  archive_input_empty: row("usage", false, "run 'oracle pack' with the same --files to see why each file was left out"),
  archive_credential_file: row("usage", false, "leave the credential file out of --files"),
  archive_file_changed: row("usage", true, "run the command again when the file is no longer being written"),
  archive_too_large: row("usage", false, "narrow --files; the message lists the largest folders first"),
  secrets_found: row(
    "usage",
    false,
    "remove the secret, exclude the file with --files '!path', or allow it by name with --allow-secret-file path"
  ),
  follow_up_invalid: row("usage", false, "follow up on a complete job of the same project; 'oracle status' lists them"),
  submission_declined: row("usage", false, "run the command again and answer yes, or set submit.confirm to never"),
  consent_required: row(
    "notReady",
    false,
    "read what automation of your account means and run the command again with --accept-automation"
  ),
  persisted_session_required: row(
    "notReady",
    false,
    "start pi without --no-session, so that the answer can find its way back to this session"
  ),
  node_too_old: row("notReady", false, "install a newer Node, or run 'npm install node@24' beside oracle"),
  config_invalid: row(
    "notReady",
    false,
    "correct the key that the message names; 'oracle config schema' shows what is allowed"
  ),
  seed_missing: row("notReady", false, "run 'oracle auth <site>'"),
  seed_invalid: row("notReady", false, "run 'oracle auth <site>' to make the seed anew"),
  seed_busy: row("busy", true, "close the browser that uses the seed, then try again"),
  profile_unsafe: row("notReady", false, "choose a directory that is not inside a browser's own data, home or /"),
  state_file_invalid: row("usage", false, "export the storage state again and pass it with --state-file"),
  cookie_import_failed: row(
    "notReady",
    false,
    "sign in by hand with 'oracle auth <site>', or bring a state file with --state-file"
  ),
  sign_in_cancelled: row("cancelled", false, "run 'oracle auth <site>' again; the profile in use was not changed"),
  sign_in_timeout: row("timeout", true, "run 'oracle auth <site>' again, or raise auth.bootstrapTimeoutMs"),
  no_previous_seed: row("notFound", false, "run 'oracle auth <site>' to sign in"),
  declined: row("usage", false, "run the command again and answer yes, or pass --yes"),
  login_required: row("notReady", false, "run 'oracle auth <site>', then 'oracle resume <job>'"),
  challenge_blocking: row(
    "notReady",
    false,
    "solve it yourself: run 'oracle auth <site>', or use browser.runMode headed"
  ),
  browser_missing: row("notReady", false, "run 'npx playwright-core install chromium', or set browser.executablePath"),
  browser_launch_failed: row("notReady", true, "run 'oracle doctor'"),
  display_missing: row("notReady", false, "run it where a display is, or use browser.runMode headless"),
  state_unwritable: row("notReady", false, "make the directory writable, or point ORACLE_STATE_DIR elsewhere"),
  state_unsafe: row(
    "notReady",
    false,
    "use a directory on a local file system that only you can write; set ORACLE_STATE_DIR"
  ),
  store_newer: row("notReady", false, "update oracle: a newer version has written this state"),
  host_start_failed: row("notReady", true, "run 'oracle host status' to see why the host ended"),
  host_unresponsive: row("notReady", true, "run 'oracle host stop --force'"),
  host_newer: row("notReady", false, "update this oracle, or wait until the newer host is idle"),
  job_not_found: row("notFound", false, "run 'oracle status' to list the jobs of this project"),
  job_not_ended: row("busy", true, "run 'oracle wait <job>'"),
  job_active: row("busy", true, "run 'oracle cancel <job>' first"),
  clean_postponed: row("busy", true, "run 'oracle clean <job>' again after the time that the message names"),
  conversation_shared: row(
    "busy",
    false,
    "remove the job that the message names first, with 'oracle clean', or keep the conversation"
  ),
  conversation_busy: row("busy", true, "wait for the job that holds the conversation, or use --queue"),
  no_free_browser: row("busy", true, "wait until one of the jobs that the message names has ended"),
  queue_full: row("busy", true, "wait for a queued job to run, or cancel one with 'oracle cancel <job>'"),
  model_unavailable: row(
    "jobFailed",
    false,
    "choose one of the models that the message names, or use --preset current"
  ),
  model_unverified: row("jobFailed", true, "run 'oracle logs <job>' to see the page, or use --preset current"),
  upload_failed: row("jobFailed", true, "run 'oracle resume <job>'"),
  prompt_not_faithful: row("jobFailed", true, "run 'oracle resume <job>'"),
  send_refused: row("jobFailed", true, "run 'oracle resume <job>'"),
  send_outcome_unknown: row(
    "jobFailed",
    false,
    "look at the site: if the prompt is there, 'oracle resume <job> --conversation URL'; if not, 'oracle resume <job> --send-again'"
  ),
  conversation_mismatch: row("jobFailed", false, "check the conversation URL"),
  temporary_chat_lost: row(
    "jobFailed",
    false,
    "submit again: the site keeps no copy of a temporary chat, so its answer cannot be fetched any more"
  ),
  response_failed: row("jobFailed", false, "open the conversation to see what the site says, or submit again"),
  page_unknown: row(
    "jobFailed",
    true,
    "look at the screenshot in the job's diagnostics folder, then 'oracle resume <job>'"
  ),
  outage: row("jobFailed", true, "wait until the site works again, then 'oracle resume <job>'"),
  rate_limited: row("jobFailed", true, "wait some minutes, then 'oracle resume <job>'"),
  usage_limit_reached: row("jobFailed", true, "wait until the limit resets, or choose another model"),
  browser_crashed: row("jobFailed", true, "run 'oracle resume <job>'"),
  worker_lost: row("jobFailed", true, "run 'oracle resume <job>'"),
  submission_interrupted: row("jobFailed", false, "submit again"),
  start_limit_reached: row("jobFailed", true, "run 'oracle logs <job>', then 'oracle resume <job>'"),
  extraction_failed: row("jobFailed", true, "run 'oracle resume <job>'; the answer is in the conversation"),
  artifact_failed: row("jobFailed", true, "run 'oracle resume <job>' to fetch the missing files"),
  cancelled: row("cancelled", false, "submit again if you still want the answer"),
  completion_timeout: row("timeout", true, "run 'oracle resume <job>' to go on waiting"),
  step_timeout: row("timeout", true, "run 'oracle logs <job>', then 'oracle resume <job>'"),
  wait_timeout: row("timeout", true, "run 'oracle wait <job>'; the job goes on"),
  interrupted: row(
    "interrupted",
    true,
    "the job goes on: 'oracle wait <job>' returns to it, 'oracle cancel <job>' ends it"
  ),
  remote_delete_failed: row(
    "other",
    true,
    "run the command again, or delete the conversation on the site; the job itself is kept"
  ),
  disk_full: row("other", true, "free some space, then try again"),
  too_many_files: row("other", true, "close programs or raise the limit with 'ulimit -n', then try again"),
  process_stuck: row("other", true, "end the process that the message names, then try again"),
  storage_failed: row("other", true, "run 'oracle doctor'"),
  internal_error: row(
    "other",
    false,
    "run 'oracle doctor', and report the message with the output of 'oracle logs <job>'"
  )
} as const satisfies Record<string, ErrorRow>

/** A stable code; codes are added and never change their meaning. */
export type ErrorCode = keyof typeof errorTable

/** All codes, in the order of the table. */
export const errorCodes: ReadonlyArray<ErrorCode> = Struct.keys(errorTable)

/** Exit code of a command that ends with this failure. */
export const exitCodeOf = (code: ErrorCode): number => exitOf[errorTable[code].class]
