/** The graph of a host, without the adapters: workers, receipts, throttle. */
import * as Digest from "effect/crypto/Digest"
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Layer from "effect/Layer"
import { JobWorker } from "../worker/JobWorker.ts"
import { Receipts } from "../worker/Receipts.ts"
import { SiteThrottle } from "../worker/SiteThrottle.ts"
import { Workers } from "../worker/Workers.ts"

/** `Workers` and `Receipts` for {@link Host.run}, over the ports of browser, seeds, processes, files and store. */
export const layer = Workers.layer.pipe(
  Layer.provide(JobWorker.layer),
  Layer.provideMerge(Receipts.layer),
  Layer.provide([SiteThrottle.layer, Digest.layerWebCrypto, SecureRandom.layerWebCrypto])
)
