/** Scenarios for the forms that the model picker has had, and for how it resists. */
import type { Scenarios } from "../Scenario.ts"

export const pickers: Scenarios = {
  "picker-header": {
    about: "the picker is a dropdown in the header, old models in a submenu",
    behaviour: { picker: "header" }
  },
  "picker-version-submenu": {
    about: "Instant, Thinking, Pro and a submenu of versions",
    behaviour: { picker: "versions" }
  },
  "picker-row-effort": {
    about: "each row of the picker has an effort button of its own",
    behaviour: { picker: "row-effort" }
  },
  "picker-configure": {
    about: "a \"Configure...\" dialog, and a removable chip beside the pill",
    behaviour: { picker: "configure" }
  },
  "picker-chips": {
    about: "the chip itself opens the picker, and the dialog says \"Latest\"",
    behaviour: { picker: "chips" }
  },
  "picker-unified": {
    about: "a slider with an advanced view of model and effort",
    behaviour: { picker: "unified" }
  },
  "slider-picker": { about: "the model menu is a slider with five steps", behaviour: { picker: "slider" } },
  "picker-power-menu": {
    about: "a \"Thinking effort\" menu with \"Select model\" and a slider that comes a moment later",
    behaviour: { picker: "power-menu" }
  },
  "stuck-slider": { about: "the slider does not move", behaviour: { picker: "slider", sliderStuck: true } },
  "no-picker": { about: "no model picker at all", behaviour: { picker: "none" } },
  "late-picker": { about: "the model picker mounts after 4 s", behaviour: { pickerDelayMs: 4_000 } },
  "late-menu": { about: "the opened model menu stays empty for 1.5 s", behaviour: { pickerMenuMs: 1_500 } },
  "menu-traps": {
    about: "menus in the sidebar and the search look like the model menu",
    behaviour: { menuTraps: true }
  },
  "pro-unavailable": {
    about: "Pro is locked until its reset; its tooltip takes the first Escape",
    behaviour: { proUnavailable: true }
  },
  "locale-de": { about: "the interface is German", behaviour: { locale: "de" } },
  "locale-fr": { about: "the interface is French", behaviour: { locale: "fr" } },
  "locale-es": { about: "the interface is Spanish", behaviour: { locale: "es" } },
  "locale-pt": { about: "the interface is Portuguese", behaviour: { locale: "pt" } },
  "locale-it": { about: "the interface is Italian", behaviour: { locale: "it" } },
  "locale-nl": { about: "the interface is Dutch", behaviour: { locale: "nl" } },
  "locale-pl": { about: "the interface is Polish", behaviour: { locale: "pl" } },
  "locale-ja": { about: "the interface is Japanese", behaviour: { locale: "ja" } },
  "locale-zh": { about: "the interface is Chinese", behaviour: { locale: "zh" } },
  "locale-ko": { about: "the interface is Korean", behaviour: { locale: "ko" } }
}
