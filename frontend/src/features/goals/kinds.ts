import type { KeyResult, KeyResultBrief, MilestoneCount } from '@/api/gen/types.gen'
import { toNumber } from '@/lib/decimal'

export type Kind = KeyResult['kind']

/** In the order in which they are offered: what most people need stands first. */
export const KINDS = [
  'number',
  'percent',
  'currency',
  'milestones',
  'binary',
  'maintain',
  'manual',
] as const satisfies readonly Kind[]

const RANGES: Kind[] = ['number', 'percent', 'currency']

/** Goes from a start to a target that somebody chose. */
export function isRange(kind: Kind): boolean {
  return RANGES.includes(kind)
}

type Band = Pick<KeyResult, 'lower' | 'upper'>
type Way = Pick<KeyResult, 'start' | 'target' | 'tolerance'> & Band

/** How far a value lies outside of its band; 0 inside. */
function distanceTo(value: number, { lower, upper }: Band): number {
  const below = lower === null ? 0 : toNumber(lower) - value
  const above = upper === null ? 0 : value - toNumber(upper)
  return Math.max(below, above, 0)
}

/** How far a value is: on the way from start to target, or else inside its band or near it. */
export function progressAt(value: string, way: Way): number | null {
  if (way.start === null || way.target === null) {
    const distance = distanceTo(toNumber(value), way)
    if (distance === 0) return 1
    return way.tolerance === null ? 0 : Math.max(0, 1 - distance / toNumber(way.tolerance))
  }
  const start = toNumber(way.start)
  const distance = toNumber(way.target) - start
  return distance === 0 ? null : (toNumber(value) - start) / distance
}

interface Step {
  id: string
  weight: string
}

/** The weights of those that are done, of the weights of all. */
export function shareDone(milestones: Step[], done: string[]): number | null {
  const sum = (steps: Step[]) => steps.reduce((total, step) => total + toNumber(step.weight), 0)
  const total = sum(milestones)
  return total === 0 ? null : sum(milestones.filter(({ id }) => done.includes(id))) / total
}

/** Those that are done by now, in their order. */
export function doneOf({ milestones }: Pick<KeyResult, 'milestones'>): string[] {
  return milestones.filter((step) => step.done_at !== null).map(({ id }) => id)
}

export function countMilestones(
  milestones: KeyResult['milestones'] | KeyResultBrief['milestones'],
): MilestoneCount {
  if (!Array.isArray(milestones)) return milestones ?? { done: 0, total: 0 }
  return {
    done: milestones.filter((step) => step.done_at !== null).length,
    total: milestones.length,
  }
}
