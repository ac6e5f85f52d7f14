/** Signals that end a program: the first one asks it to end in order, a second one is not waited for. */
import type * as Fiber from "effect/Fiber"

/** A second signal within this time is the same request: a terminal sends Ctrl-C to a launcher and to its child. */
const sameRequestMs = 400

/** Interrupts the program at the first SIGINT, SIGTERM or SIGHUP; `force` must end the process, and gets the number. */
export const endOnSignals = (
  program: Pick<Fiber.Fiber<unknown, unknown>, "interruptUnsafe">,
  force: (number: number) => void
): void => {
  let askedAt: number | undefined
  const onSignal = (_: NodeJS.Signals, number: number) => {
    if (askedAt === undefined) {
      askedAt = performance.now()
      program.interruptUnsafe()
    } else if (performance.now() - askedAt > sameRequestMs) force(number)
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal)
}
