import type { GoalNode, PersonRef } from '@/api/gen/types.gen'
import { matches } from '@/lib/text'
import type { GoalsSearch } from './search'

export interface Branch {
  goal: GoalNode
  children: Branch[]
}

/**
 * The goals as a forest. A goal whose parent is not among them (hidden, or of another cycle)
 * stands at the top.
 */
export function forestOf(goals: GoalNode[]): Branch[] {
  const branches = new Map(goals.map((goal) => [goal.id, { goal, children: [] as Branch[] }]))
  const roots: Branch[] = []
  for (const branch of branches.values()) {
    const parent = branch.goal.parent_id ? branches.get(branch.goal.parent_id) : undefined
    if (parent) parent.children.push(branch)
    else roots.push(branch)
  }
  return roots
}

export type GoalFilter = Pick<GoalsSearch, 'q' | 'level' | 'status' | 'state' | 'owner'> & {
  /** The reader: what they contribute to is among their goals. */
  me?: string
}

export function isFiltered(filter: GoalFilter): boolean {
  return Boolean(filter.q || filter.level || filter.status || filter.state || filter.owner)
}

/** Cancelled goals are shown to whoever asks for them. */
export function isWanted(goal: GoalNode, filter: GoalFilter): boolean {
  if (filter.state ? goal.state !== filter.state : goal.state === 'cancelled') return false
  if (filter.level && goal.level !== filter.level) return false
  if (filter.status && goal.status !== filter.status) return false
  const isMine = filter.owner === filter.me && goal.is_yours
  if (filter.owner && goal.owner.id !== filter.owner && !isMine) return false
  return !filter.q || matches(`${goal.title} ${goal.owner.name}`, filter.q)
}

/** What is wanted, and above it whatever leads there. */
export function prune(forest: Branch[], filter: GoalFilter): Branch[] {
  return forest.flatMap((branch) => {
    const children = prune(branch.children, filter)
    return children.length > 0 || isWanted(branch.goal, filter) ? [{ ...branch, children }] : []
  })
}

export function everyGoal(forest: Branch[]): GoalNode[] {
  return forest.flatMap(({ goal, children }) => [goal, ...everyGoal(children)])
}

/** Whoever owns one of the goals, by name. */
export function ownersOf(goals: GoalNode[]): PersonRef[] {
  const owners = new Map(goals.map(({ owner }) => [owner.id, owner]))
  return [...owners.values()].sort((a, b) => a.name.localeCompare(b.name))
}
