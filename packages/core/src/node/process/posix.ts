/** Signals on systems that have process groups. */
import * as Effect from "effect/Effect"

/** Ends a process, or the group that it leads; absence and missing permission are left to the check that follows. */
export const signalPosix = (pid: number, leader: boolean, force: boolean): Effect.Effect<void> =>
  Effect.ignore(Effect.try(() => process.kill(leader ? -pid : pid, force ? "SIGKILL" : "SIGTERM")))
