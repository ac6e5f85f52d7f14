/** The words of the interface that differ from language to language. */

export interface Words {
  readonly composer: string
  readonly placeholder: string
  readonly plus: string
  readonly upload: string
  readonly send: string
  readonly stop: string
  readonly profile: string
  readonly copy: string
  readonly good: string
  readonly bad: string
  readonly share: string
  readonly remove: string
  readonly options: string
  readonly archive: string
  readonly unarchive: string
  readonly erase: string
  readonly cancel: string
  readonly picker: PickerWords
}

export interface PickerWords {
  /** Instant, Medium, High, Extra High, Pro. */
  readonly tiers: readonly [string, string, string, string, string]
  /** Light, Standard, Extended, Heavy. */
  readonly efforts: readonly [string, string, string, string]
  readonly intelligence: string
  readonly power: string
  readonly advanced: string
  readonly showAdvanced: string
  readonly model: string
  readonly effort: string
  readonly latest: string
  readonly configure: string
  readonly legacy: string
  /** `{level}`, `{n}` and `{of}` stand for the level, its place and the number of levels. */
  readonly position: string
}
