/** Numbers, sizes and times as people read them. */

export const count = (value: number): string => value.toLocaleString("en-US")

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

const units = ["B", "kB", "MB", "GB", "TB"]

/** 1,234 bytes are `1.2 kB`; decimal units, as file managers and sites count. */
export const size = (bytes: number): string => {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** `4s`, `3m 20s`, `1h 05m`, `2d 4h` */
export const duration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)]
  const two = (value: number) => String(value).padStart(2, "0")
  if (days > 0) return `${days}d ${hours % 24}h`
  if (hours > 0) return `${hours}h ${two(minutes % 60)}m`
  return minutes > 0 ? `${minutes}m ${two(seconds % 60)}s` : `${seconds}s`
}

/** `just now`, `4m ago` */
export const ago = (milliseconds: number): string => {
  if (milliseconds < 10_000) return "just now"
  return `${duration(milliseconds).split(" ")[0]} ago`
}
