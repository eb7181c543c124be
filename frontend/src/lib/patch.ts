/** What is left empty in a form is null in the API. */
export function orNull<Fields extends Record<string, string>>(
  fields: Fields,
): { [Name in keyof Fields]: string | null } {
  const entries = Object.entries(fields).map(([name, value]) => [name, value.trim() || null])
  return Object.fromEntries(entries)
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

/** A JSON Merge Patch: only what differs, so that nobody's newer values are sent back in time. */
export function changedFields<Fields extends object>(now: Fields, before: Fields): Partial<Fields> {
  const names = Object.keys(now) as (keyof Fields)[]
  return Object.fromEntries(
    names.filter((name) => !isSame(now[name], before[name])).map((name) => [name, now[name]]),
  ) as Partial<Fields>
}
