import type { CheckIn, GoalCycle, GoalDetail, KeyResult } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { clampUnit, toNumber } from '@/lib/decimal'

/** How far a value is on the way from start to target; the sign says the direction. */
export function progressAt(value: string, keyResult: Pick<KeyResult, 'start' | 'target'>) {
  const start = toNumber(keyResult.start)
  const way = toNumber(keyResult.target) - start
  return way === 0 ? null : (toNumber(value) - start) / way
}

export type Pace = { kind: 'ahead' | 'level' | 'behind'; points: number }

/** Progress against where it should be by now, in whole points. */
export function paceOf(goal: Pick<GoalDetail, 'progress' | 'expected'>): Pace | null {
  if (goal.progress === null || goal.expected === null) return null
  const points = Math.round((toNumber(goal.progress) - toNumber(goal.expected)) * 100)
  return {
    kind: points === 0 ? 'level' : points > 0 ? 'ahead' : 'behind',
    points: Math.abs(points),
  }
}

export type NextStep = 'agree' | 'add_key_result' | 'activate' | 'check_in' | 'close' | 'carry_over'

type Stage = Pick<GoalDetail, 'state' | 'driver' | 'key_results' | 'due_on' | 'permissions'>

/** The one thing to do next, of what the API lets you do. */
export function nextStep(goal: Stage, today: string): NextStep | null {
  const needsKeyResult = goal.driver !== 'goals' && goal.key_results.length === 0
  const steps: [NextStep, boolean][] = [
    ['agree', true],
    ['add_key_result', needsKeyResult],
    ['activate', goal.state === 'draft'],
    ['close', goal.state === 'active' && goal.due_on < today],
    ['check_in', goal.state === 'active' && goal.key_results.length > 0],
    ['carry_over', goal.state === 'closed'],
  ]
  return steps.find(([act, isDue]) => isDue && may(goal, act))?.[0] ?? null
}

/** Where a goal most likely goes on: in the cycle that begins next after its own. */
export function cycleAfter(
  goal: Pick<GoalDetail, 'cycle' | 'starts_on'>,
  cycles: GoalCycle[],
): GoalCycle | undefined {
  const began = goal.cycle?.starts_on ?? goal.starts_on
  return cycles
    .filter((cycle) => cycle.starts_on > began)
    .toSorted((a, b) => a.starts_on.localeCompare(b.starts_on))[0]
}

export interface HistoryPoint {
  /** The instant, in milliseconds. */
  at: number
  progress: number
}

/**
 * How the progress of a goal that its key results drive went over time: a step at each check-in,
 * from the values known at that moment.
 */
export function progressHistory(
  keyResults: Pick<KeyResult, 'id' | 'weight'>[],
  checkIns: Pick<CheckIn, 'key_result_id' | 'progress' | 'checked_in_at'>[],
  startsAt: number,
): HistoryPoint[] {
  const weights = new Map(keyResults.map(({ id, weight }) => [id, toNumber(weight)]))
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  if (total === 0) return []
  const known = new Map<string, number>()
  const points: HistoryPoint[] = [{ at: startsAt, progress: 0 }]
  const oldestFirst = checkIns.toSorted((a, b) => a.checked_in_at.localeCompare(b.checked_in_at))
  for (const { key_result_id, progress, checked_in_at } of oldestFirst) {
    if (!weights.has(key_result_id)) continue
    known.set(key_result_id, clampUnit(toNumber(progress)))
    const sum = [...known].reduce((sum, [id, value]) => sum + value * (weights.get(id) ?? 0), 0)
    points.push({ at: Date.parse(checked_in_at), progress: sum / total })
  }
  return points
}
