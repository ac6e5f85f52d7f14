// @effect-diagnostics nodeBuiltinImport:off globalTimers:off globalDate:off
/** Keeps long synchronous file work polite: the event loop gets its turn, and an abort is noticed. */

const sliceMs = 12

export class Breather {
  readonly #signal: AbortSignal
  #since = performance.now()

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** True when it is time to await `breathe`. */
  get due(): boolean {
    return performance.now() - this.#since > sliceMs
  }

  /** Lets everything else run once; throws when the work was aborted. */
  async breathe(): Promise<void> {
    await new Promise<void>((resume) => setImmediate(resume))
    this.#signal.throwIfAborted()
    this.#since = performance.now()
  }
}
