import type { CheckIn, GoalDetail, KeyResult } from '@/api/gen/types.gen'
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

export type NextStep = 'add_key_result' | 'activate' | 'check_in' | 'close'

type Stage = Pick<GoalDetail, 'state' | 'driver' | 'key_results' | 'due_on' | 'permissions'>

/** The one thing to do next, of what the API lets you do. */
export function nextStep(goal: Stage, today: string): NextStep | null {
  const needsKeyResult = goal.driver !== 'goals' && goal.key_results.length === 0
  const steps: [NextStep, boolean][] = [
    ['add_key_result', needsKeyResult],
    ['activate', goal.state === 'draft'],
    ['close', goal.state === 'active' && goal.due_on < today],
    ['check_in', goal.state === 'active' && goal.key_results.length > 0],
  ]
  return steps.find(([act, isDue]) => isDue && may(goal, act))?.[0] ?? null
}

export interface Contribution {
  id: string
  /** None of a goal that counts and that you cannot see. */
  title: string | null
  kind: 'key_result' | 'goal' | 'hidden'
  weight: number
  progress: number | null
  /** Its part of the weight that counts, 0..1; null where it does not count. */
  share: number | null
}

/** What a goal's number is made of: the same weighted mean that the server keeps. */
export function contributions(
  goal: Pick<GoalDetail, 'driver' | 'key_results' | 'children' | 'hidden_children'>,
): Contribution[] {
  const keyResults = goal.key_results.map((each) => ({ ...each, kind: 'key_result' as const }))
  const goals = goal.children
    .filter((child) => child.state === 'active' || child.state === 'closed')
    .map((child) => ({ ...child, kind: 'goal' as const }))
  const hidden = goal.hidden_children.map(({ weight }, index) => ({
    id: `hidden-${index}`,
    title: null,
    kind: 'hidden' as const,
    weight,
    progress: null,
  }))
  const parts = [
    ...(goal.driver === 'goals' ? [] : keyResults),
    ...(goal.driver === 'key_results' ? [] : [...goals, ...hidden]),
  ].map(({ id, title, kind, weight, progress }) => ({
    id,
    title,
    kind,
    weight: toNumber(weight),
    progress: progress === null ? null : clampUnit(toNumber(progress)),
  }))
  const total = parts
    .filter((part) => part.kind === 'hidden' || part.progress !== null)
    .reduce((sum, part) => sum + part.weight, 0)
  return parts.map((part) => ({
    ...part,
    share:
      total > 0 && part.weight > 0 && (part.kind === 'hidden' || part.progress !== null)
        ? part.weight / total
        : null,
  }))
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
    if (progress !== null) points.push({ at, progress })
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
