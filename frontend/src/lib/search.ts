/**
 * Typed search params without a schema library. Whatever cannot be read is left out: a broken
 * address shows the page, not an error.
 */
export type RawSearch = Record<string, unknown>

export function textParam(raw: RawSearch, name: string): string | undefined {
  const value = raw[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function oneOf<Word extends string>(
  raw: RawSearch,
  name: string,
  words: readonly Word[],
): Word | undefined {
  return words.find((word) => word === raw[name])
}

/** Some of the words, in their own order. */
export function someOf<Word extends string>(
  raw: RawSearch,
  name: string,
  words: readonly Word[],
): Word[] | undefined {
  const value = raw[name]
  const given: unknown[] = Array.isArray(value) ? value : (textParam(raw, name)?.split(',') ?? [])
  const known = words.filter((word) => given.includes(word))
  return known.length > 0 ? known : undefined
}

export function flagParam(raw: RawSearch, name: string): true | undefined {
  return raw[name] === true || raw[name] === 'true' || raw[name] === 1 ? true : undefined
}

const DATE = /^\d{4}-\d{2}-\d{2}$/

export function dateParam(raw: RawSearch, name: string): string | undefined {
  const value = textParam(raw, name)
  return value && DATE.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined
}

/** The day that is looked at stays while one walks among pages that can look back. */
export interface MomentSearch {
  as_of?: string
}

/** A path of this site; an address elsewhere is no way back. */
export function localPath(raw: RawSearch, name: string): string | undefined {
  const value = textParam(raw, name)
  return value && /^\/(?![/\\])/.test(value) ? value : undefined
}
