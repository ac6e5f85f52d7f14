/** What the server says about this page when it loads. */
import type { Bootstrap } from "../wire.ts"

export const bootstrap: Bootstrap = JSON.parse(document.querySelector("#client-bootstrap")?.textContent ?? "{}")
