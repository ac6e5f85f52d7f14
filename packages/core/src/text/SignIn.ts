/** What is said of a profile that a person signs in to. Pure. */
import { type OracleError, oracleError } from "../error/OracleError.ts"

/** The site, with its account where that is not the one that `oracle auth` takes by itself. */
export const signInTarget = ({ account, site }: { readonly site: string; readonly account: string }): string =>
  account === "default" ? site : `${site} --account ${account}`

/** The failure of a sign-in: there is no job that could be resumed or looked into, and the profile is known. */
export const withoutJob =
  (profile: { readonly site: string; readonly account: string }) => (error: OracleError): OracleError =>
    oracleError(error.code, error.message, {
      ...(error.facts === undefined ? {} : { facts: error.facts }),
      ...(error.cause === undefined ? {} : { cause: error.cause }),
      step: error.nextStep.includes("<job>")
        ? "try again; if it fails again, open the site in a browser and see what it shows"
        : error.nextStep.replaceAll("<site>", signInTarget(profile))
    })
