import type { GoalNode } from '@/api/gen/types.gen'
import { toNumber } from '@/lib/decimal'

const COLUMNS = ['goal', 'owner', 'due', 'progress', 'expected'] as const
export type SortColumn = (typeof COLUMNS)[number]
export type Sorting = SortColumn | `-${SortColumn}`
export const SORTINGS: readonly Sorting[] = COLUMNS.flatMap((column) => [
  column,
  `-${column}` as const,
])

const KEYS: Record<SortColumn, (goal: GoalNode) => string | number | null> = {
  goal: ({ title }) => title,
  owner: ({ owner }) => owner.name,
  due: ({ due_on }) => due_on,
  progress: ({ progress }) => (progress === null ? null : toNumber(progress)),
  expected: ({ expected }) => (expected === null ? null : toNumber(expected)),
}

/** What has no number stands last, whichever way the others are sorted. */
export function sorted(goals: GoalNode[], sorting: Sorting, language: string): GoalNode[] {
  const down = sorting.startsWith('-')
  const key = KEYS[(down ? sorting.slice(1) : sorting) as SortColumn]
  const words = new Intl.Collator(language, { numeric: true })
  return goals.toSorted((one, other) => {
    const [a, b] = [key(one), key(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    const order =
      typeof a === 'string' ? words.compare(a, String(b)) : a === b ? 0 : a < (b as number) ? -1 : 1
    return down ? -order : order
  })
}

/** The same column again turns the order around. */
export function turned(sorting: Sorting, column: SortColumn): Sorting {
  return sorting === column ? `-${column}` : column
}
