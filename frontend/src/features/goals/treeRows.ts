import type { GoalNode } from '@/api/gen/types.gen'
import type { Branch } from './tree'

export interface TreeRow {
  key: string
  branch: Branch
  depth: number
  /** Below its goal stand its key results, as one row. */
  kind: 'goal' | 'key_results'
  /** Whether it begins or ends the card of a goal at the top. */
  isFirst: boolean
  isLast: boolean
}

/** What is open, line by line: a goal, its key results, then the goals aligned to it. */
export function rowsOf(forest: Branch[], isOpen: (goal: GoalNode) => boolean): TreeRow[] {
  const rows: TreeRow[] = []
  const add = (branch: Branch, depth: number) => {
    const { goal, children } = branch
    const line = { branch, depth, isFirst: false, isLast: false }
    rows.push({ ...line, key: goal.id, kind: 'goal' })
    if (!isOpen(goal)) return
    if (goal.key_results.length > 0) {
      rows.push({ ...line, key: `${goal.id} key results`, kind: 'key_results' })
    }
    for (const child of children) add(child, depth + 1)
  }
  for (const root of forest) {
    const first = rows.length
    add(root, 0)
    for (const [at, edge] of [
      [first, { isFirst: true }],
      [rows.length - 1, { isLast: true }],
    ] as const) {
      const row = rows[at]
      if (row) rows[at] = { ...row, ...edge }
    }
  }
  return rows
}
