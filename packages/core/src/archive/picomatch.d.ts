/** The part of picomatch that is used; the package ships no types. */
declare module "picomatch" {
  interface Options {
    readonly dot?: boolean
    readonly basename?: boolean
    readonly nocase?: boolean
  }
  interface Scan {
    readonly base: string
    readonly glob: string
    readonly isGlob: boolean
  }
  function picomatch(pattern: string, options?: Options): (path: string) => boolean
  namespace picomatch {
    function scan(pattern: string, options?: Options): Scan
  }
  export = picomatch
}
