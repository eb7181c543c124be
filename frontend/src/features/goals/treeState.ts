import type { GoalNode } from '@/api/gen/types.gen'

/** What a view of the goals knows of each, and what it may ask for. */
export interface TreeState {
  isOpen: (goal: GoalNode) => boolean
  toggle: (goal: GoalNode) => void
  /** Whether this is a goal of yours that waits for a check-in. */
  canCheckIn: (goal: GoalNode) => boolean
  checkIn: (goal: GoalNode) => void
  isWanted: (goal: GoalNode) => boolean
}
