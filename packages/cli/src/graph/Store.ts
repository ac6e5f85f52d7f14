/** The light graph: directories, job store, files and host lock; no browser, no archive. */
export { layer } from "@effect-oracle/core/node/StateLayer"
