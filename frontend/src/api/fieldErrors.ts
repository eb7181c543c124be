import type { ApiError } from './problem'

export interface FieldErrors {
  /** By the path of the form's field: `title`, `key_results.0.target`. */
  fields: Record<string, string>
  /** What belongs to no field of this form, to be shown above it. */
  rest: string[]
}

/** JSON pointer (RFC 6901) to the dotted path that the form library uses. */
export function pathOfPointer(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .filter((part, index) => !(index === 0 && part === 'body'))
    .join('.')
}

/** Sorts the errors of a refused form: onto its fields, or above it. */
export function sortFieldErrors(problem: ApiError, knows: (path: string) => boolean): FieldErrors {
  const sorted: FieldErrors = { fields: {}, rest: [] }
  for (const { pointer, detail } of problem.errors) {
    const path = pointer ? pathOfPointer(pointer) : ''
    if (path && knows(path)) {
      const before = sorted.fields[path]
      sorted.fields[path] = before ? `${before} ${detail}` : detail
    } else sorted.rest.push(detail)
  }
  return sorted
}
