/** Scenarios of the model picker: the model that was asked for, or none at all. */
import type { Expectation, Expectations } from "../Expectation.ts"

const proExtended: Expectation = {
  outcome: "completes with Pro, extended",
  preset: "pro_extended",
  selection: { family: "Pro", effort: "extended" }
}

const proStandard: Expectation = {
  outcome: "completes with Pro, standard",
  preset: "pro_standard",
  selection: { family: "Pro", effort: "standard" }
}

const heavy: Expectation = {
  outcome: "completes with Thinking, heavy",
  preset: "thinking_heavy",
  selection: { family: "Thinking", effort: "heavy" }
}

export const pickers: Expectations = {
  "picker-header": proStandard,
  "picker-version-submenu": proStandard,
  "picker-row-effort": proExtended,
  "picker-configure": proExtended,
  "picker-chips": proExtended,
  "picker-unified": heavy,
  "slider-picker": proStandard,
  "picker-power-menu": heavy,
  "stuck-slider": {
    outcome: "fails before the send; no other level is taken",
    preset: "pro_extended",
    fails: "model_unverified",
    events: { "model-default": 0 }
  },
  "no-picker": {
    outcome: "fails before the send, naming what is missing; `--preset current` works",
    preset: "pro_extended",
    fails: "model_unavailable",
    events: { "model-default": 0 }
  },
  "late-picker": proExtended,
  "late-menu": proExtended,
  "menu-traps": proExtended,
  "pro-unavailable": {
    outcome: "fails before the send, naming the models that are there",
    preset: "pro_extended",
    fails: "model_unavailable",
    events: { "model-default": 0 }
  },
  "locale-de": proExtended,
  "locale-fr": proExtended,
  "locale-es": proExtended,
  "locale-pt": proExtended,
  "locale-it": heavy,
  "locale-nl": proExtended,
  "locale-pl": heavy,
  "locale-ja": proExtended,
  "locale-zh": heavy,
  "locale-ko": proExtended,
  "slider-picker+pro-unavailable": heavy,
  "picker-unified+locale-de": heavy,
  "picker-unified+locale-ja": heavy,
  "picker-unified+locale-zh": heavy,
  "picker-configure+locale-de": proExtended
}
