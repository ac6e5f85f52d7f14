/** Words as data: sources of case-insensitive regular expressions, compiled once. Pure. */

const compiled = new Map<string, RegExp>()

/** True when one of the expressions matches the name. */
export const says = (name: string, sources: ReadonlyArray<string>): boolean =>
  sources.some((source) => {
    let expression = compiled.get(source)
    if (expression === undefined) {
      expression = new RegExp(source, "iu")
      compiled.set(source, expression)
    }
    return expression.test(name)
  })
