/** How a profile is named behind `oracle auth`. Pure. */

/** The site, with its account where that is not the one that `oracle auth` takes by itself. */
export const signInTarget = ({ account, site }: { readonly site: string; readonly account: string }): string =>
  account === "default" ? site : `${site} --account ${account}`
