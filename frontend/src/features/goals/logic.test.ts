import { describe, expect, test } from 'vitest'
import { cycleAfter, nextStep, paceOf, progressHistory, valueHistory } from './logic'

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
    expect(points.map(({ value }) => value)).toEqual([0, 0.25, expect.closeTo(0.55)])
  })

  test('a band counts from its first check-in on, and not as 0 before', () => {
    const band = { id: 'c', weight: '4', kind: 'maintain' as const }
    const checkIns = [checkIn('b', '0.4', 10), checkIn('c', '1', 20)]
    const points = progressHistory([...keyResults, band], checkIns, Date.UTC(2026, 9, 1))
    expect(points.map(({ value }) => value)).toEqual([0, expect.closeTo(0.3), expect.closeTo(0.65)])
    const alone = progressHistory([band], [checkIn('c', '0.5', 20)], Date.UTC(2026, 9, 1))
    expect(alone).toEqual([{ at: Date.UTC(2026, 9, 20), value: 0.5 }])
  })

  test('without weight there is nothing to draw', () => {
    const weightless = [{ id: 'a', weight: '0', kind: 'number' as const }]
    expect(progressHistory(weightless, [checkIn('a', '1', 2)], 0)).toEqual([])
  })
})

describe('valueHistory', () => {
  const said = (key_result_id: string, value: string, day: number) => ({
    key_result_id,
    value,
    checked_in_at: new Date(Date.UTC(2026, 9, day)).toISOString(),
  })
  const checkIns = [said('a', '7.5', 20), said('a', '-2', 10), said('b', '1', 15)]

  test('begins at the start, and goes on with what was said of this one', () => {
    expect(valueHistory({ id: 'a', start: '5' }, checkIns, 0)).toEqual([
      { at: 0, value: 5 },
      { at: Date.UTC(2026, 9, 10), value: -2 },
      { at: Date.UTC(2026, 9, 20), value: 7.5 },
    ])
  })

  test('of a band begins with its first check-in', () => {
    expect(valueHistory({ id: 'b', start: null }, checkIns, 0)).toEqual([
      { at: Date.UTC(2026, 9, 15), value: 1 },
    ])
  })
})

describe('cycleAfter', () => {
  const cycle = (id: string, starts_on: string) => ({ id, starts_on }) as never
  const cycles = [
    cycle('later', '2027-04-01'),
    cycle('old', '2026-07-01'),
    cycle('next', '2027-01-01'),
  ]

  test('is the one that begins next', () => {
    const goal = { cycle: cycle('now', '2026-10-01'), starts_on: '2026-10-20' }
    expect(cycleAfter(goal, cycles)?.id).toBe('next')
  })

  test('of a goal without a cycle goes by its own first day', () => {
    expect(cycleAfter({ cycle: null, starts_on: '2027-02-01' }, cycles)?.id).toBe('later')
    expect(cycleAfter({ cycle: null, starts_on: '2027-05-01' }, cycles)).toBeUndefined()
  })
})

describe('the next step', () => {
  const goal = { driver: 'goals' as const, key_results: [], due_on: '2026-12-31' }

  test('is the answer for whoever is asked, before anything else', () => {
    const permissions = ['activate', 'agree']
    expect(nextStep({ ...goal, state: 'draft', permissions }, '2026-11-23')).toBe('agree')
  })

  test('of a closed goal is to carry it over, once', () => {
    const closed = { ...goal, state: 'closed' } as const
    expect(nextStep({ ...closed, permissions: ['carry_over'] }, '2026-11-23')).toBe('carry_over')
    expect(nextStep({ ...closed, permissions: ['reopen'] }, '2026-11-23')).toBeNull()
  })
})
