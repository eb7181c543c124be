import { describe, expect, test } from 'vitest'
import { contributions, nextStep, paceOf, progressHistory } from './logic'

describe('paceOf', () => {
  test.each([
    ['0.44', '0.59', 'behind', 15],
    ['0.67', '0.59', 'ahead', 8],
    ['0.5941', '0.5902', 'level', 0],
  ] as const)('%s of %s expected is %s by %i points', (progress, expected, kind, points) =>
    expect(paceOf({ progress, expected })).toEqual({ kind, points }),
  )

  test('what cannot be measured has no pace', () => {
    expect(paceOf({ progress: null, expected: '0.5' })).toBeNull()
    expect(paceOf({ progress: '0.5', expected: null })).toBeNull()
  })
})

describe('nextStep', () => {
  const keyResult = { id: 'k' } as never
  const goal = {
    state: 'active',
    driver: 'key_results',
    key_results: [keyResult],
    due_on: '2026-12-31',
    permissions: ['add_key_result', 'activate', 'check_in', 'close'],
  } as const

  const stepOf = (change: object, today = '2026-11-23') =>
    nextStep({ ...goal, ...change } as never, today)

  test('a running goal is checked in on', () => expect(stepOf({})).toBe('check_in'))
  test('a goal that is over is closed', () => expect(stepOf({}, '2027-01-01')).toBe('close'))
  test('on its last day it is not over yet', () =>
    expect(stepOf({}, '2026-12-31')).toBe('check_in'))
  test('a draft is started', () => expect(stepOf({ state: 'draft' })).toBe('activate'))
  test('what its key results drive needs one first', () =>
    expect(stepOf({ state: 'draft', key_results: [] })).toBe('add_key_result'))
  test('what aligned goals drive needs none', () =>
    expect(stepOf({ state: 'draft', driver: 'goals', key_results: [] })).toBe('activate'))
  test('what the API does not allow is not proposed', () =>
    expect(stepOf({ permissions: ['edit'] })).toBeNull())
  test('a closed goal rests', () => expect(stepOf({ state: 'closed' })).toBeNull())
})

describe('contributions', () => {
  const keyResults = [
    { id: 'k1', title: 'NPS', weight: '1', progress: '0.5' },
    { id: 'k2', title: 'Churn', weight: '3', progress: '1' },
  ] as never
  const children = [
    { id: 'g1', title: 'Aligned', weight: '1', progress: '0.2', state: 'active' },
    { id: 'g2', title: 'Given up', weight: '5', progress: '0.9', state: 'cancelled' },
    { id: 'g3', title: 'Unmeasured', weight: '1', progress: null, state: 'active' },
  ] as never

  test('key results share by weight', () => {
    const parts = contributions({
      driver: 'key_results',
      key_results: keyResults,
      children,
      hidden_children: [],
    })
    expect(parts.map(({ id, share }) => [id, share])).toEqual([
      ['k1', 0.25],
      ['k2', 0.75],
    ])
  })

  test('cancelled goals do not count, and what has no progress takes no share', () => {
    const parts = contributions({
      driver: 'goals',
      key_results: keyResults,
      children,
      hidden_children: [],
    })
    expect(parts.map(({ id, share }) => [id, share])).toEqual([
      ['g1', 1],
      ['g3', null],
    ])
  })

  test('a goal that you cannot see counts by its weight, without its title', () => {
    const parts = contributions({
      driver: 'goals',
      key_results: [],
      children,
      hidden_children: [{ weight: '3' }],
    })
    expect(parts.at(-1)).toMatchObject({ kind: 'hidden', title: null, progress: null, share: 0.75 })
    expect(parts[0]?.share).toBe(0.25)
  })
})

describe('progressHistory', () => {
  const keyResults = [
    { id: 'a', weight: '1', kind: 'number' as const },
    { id: 'b', weight: '3', kind: 'binary' as const },
  ]
  const checkIn = (key_result_id: string, progress: string, day: number) => ({
    key_result_id,
    progress,
    checked_in_at: new Date(Date.UTC(2026, 9, day)).toISOString(),
  })

  test('each check-in steps the weighted mean of what is known by then', () => {
    const points = progressHistory(
      keyResults,
      [checkIn('b', '0.4', 20), checkIn('a', '1', 10), checkIn('gone', '1', 15)],
      Date.UTC(2026, 9, 1),
    )
    expect(points.map(({ progress }) => progress)).toEqual([0, 0.25, expect.closeTo(0.55)])
  })

  test('a band counts from its first check-in on, and not as 0 before', () => {
    const band = { id: 'c', weight: '4', kind: 'maintain' as const }
    const checkIns = [checkIn('b', '0.4', 10), checkIn('c', '1', 20)]
    const points = progressHistory([...keyResults, band], checkIns, Date.UTC(2026, 9, 1))
    expect(points.map(({ progress }) => progress)).toEqual([
      0,
      expect.closeTo(0.3),
      expect.closeTo(0.65),
    ])
    const alone = progressHistory([band], [checkIn('c', '0.5', 20)], Date.UTC(2026, 9, 1))
    expect(alone).toEqual([{ at: Date.UTC(2026, 9, 20), progress: 0.5 }])
  })

  test('without weight there is nothing to draw', () => {
    const weightless = [{ id: 'a', weight: '0', kind: 'number' as const }]
    expect(progressHistory(weightless, [checkIn('a', '1', 2)], 0)).toEqual([])
  })
})
