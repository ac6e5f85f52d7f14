/** The full graph of a client: everything that plans, submits and follows jobs. */
export const layer = undefined
