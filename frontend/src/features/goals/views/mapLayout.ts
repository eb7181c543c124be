import { hierarchy, tree } from 'd3-hierarchy'
import type { GoalNode } from '@/api/gen/types.gen'
import { type Branch, everyGoal } from '../tree'

export const CARD = { width: 260, height: 92 }
const GAP = { across: 90, down: 16 }

export interface PlacedGoal {
  goal: GoalNode
  x: number
  y: number
  /** Goals below it, of all levels; 0 where nothing can be opened. */
  below: number
}

interface Line {
  from: string
  to: string
}

interface Spot {
  /** None for the invisible root left of the roots. */
  branch: Branch | null
  children: Spot[]
}

function spotOf(branch: Branch, isOpen: (goal: GoalNode) => boolean): Spot {
  const shown = isOpen(branch.goal) ? branch.children : []
  return { branch, children: shown.map((child) => spotOf(child, isOpen)) }
}

/** From left to right: a goal, and beside it what is aligned to it, as far as it is open. */
export function layOut(forest: Branch[], isOpen: (goal: GoalNode) => boolean) {
  const goals: PlacedGoal[] = []
  const lines: Line[] = []
  const root: Spot = { branch: null, children: forest.map((branch) => spotOf(branch, isOpen)) }
  const place = tree<Spot>()
    .nodeSize([CARD.height + GAP.down, CARD.width + GAP.across])
    .separation(() => 1)
  for (const { data, parent, x, y } of place(hierarchy(root)).descendants()) {
    if (!data.branch) continue
    const { goal, children } = data.branch
    goals.push({
      goal,
      x: y - CARD.width - GAP.across,
      y: x - CARD.height / 2,
      below: everyGoal(children).length,
    })
    const above = parent?.data.branch
    if (above) lines.push({ from: above.goal.id, to: goal.id })
  }
  return { goals, lines }
}
