/** The commands, in the order in which help lists them. */
import { config } from "./config.ts"
import { practice } from "./practice.ts"
export const subcommands = [config, practice] as const
