import type { CheckIn, GoalCycle, GoalDetail, KeyResult } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { clampUnit, toNumber } from '@/lib/decimal'

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
  value: number
}

/**
 * How the progress of a goal that its key results drive went over time: a step at each check-in,
 * from the values known at that moment.
 */
export function progressHistory(
  keyResults: Pick<KeyResult, 'id' | 'weight' | 'kind'>[],
  checkIns: Pick<CheckIn, 'key_result_id' | 'progress' | 'checked_in_at'>[],
  startsAt: number,
): HistoryPoint[] {
  const weights = new Map(keyResults.map(({ id, weight }) => [id, toNumber(weight)]))
  // All begin at 0, but for a band: before its first check-in nobody knows, so it counts nowhere.
  const known = new Map(
    keyResults.filter(({ kind }) => kind !== 'maintain').map(({ id }) => [id, 0]),
  )
  const mean = () => {
    const total = [...known.keys()].reduce((sum, id) => sum + (weights.get(id) ?? 0), 0)
    const sum = [...known].reduce((sum, [id, value]) => sum + value * (weights.get(id) ?? 0), 0)
    return total === 0 ? null : sum / total
  }
  const points: HistoryPoint[] = []
  const draw = (at: number) => {
    const progress = mean()
    if (progress !== null) points.push({ at, value: progress })
  }
  draw(startsAt)
  const oldestFirst = checkIns.toSorted((a, b) => a.checked_in_at.localeCompare(b.checked_in_at))
  for (const { key_result_id, progress, checked_in_at } of oldestFirst) {
    if (!weights.has(key_result_id)) continue
    known.set(key_result_id, clampUnit(toNumber(progress)))
    draw(Date.parse(checked_in_at))
  }
  return points
}

/** How one key result went: its start, if it has one, then what each check-in said. */
export function valueHistory(
  { id, start }: Pick<KeyResult, 'id' | 'start'>,
  checkIns: Pick<CheckIn, 'key_result_id' | 'value' | 'checked_in_at'>[],
  startsAt: number,
): HistoryPoint[] {
  const said = checkIns
    .filter(({ key_result_id }) => key_result_id === id)
    .map(({ value, checked_in_at }) => ({ at: Date.parse(checked_in_at), value: toNumber(value) }))
    .sort((a, b) => a.at - b.at)
  return start === null ? said : [{ at: startsAt, value: toNumber(start) }, ...said]
}
