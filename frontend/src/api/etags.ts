/**
 * `If-Match` for what a form was filled from. An entity tag reads `"<version>-<digest>"` and the
 * version decides: the digest only tells one representation of a version from another.
 */
export function tagOf(resource: { version: number }): string {
  return `"${resource.version}-0"`
}

/** "Whatever it is now": for "keep mine", after the person has been told. */
export const ANY_VERSION = '*'

export function ifMatch(tag: string): { 'if-match': string } {
  return { 'if-match': tag }
}
