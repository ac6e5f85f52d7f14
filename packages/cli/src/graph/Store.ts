/** The light graph: the job store on its database. */
export { layer } from "@effect-oracle/core/node/JobStoreNode"
