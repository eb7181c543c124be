import { expect, test } from 'vitest'
import type { GoalCycle } from '@/api/gen/types.gen'
import { currentCycle } from './queries'

const cycle = (name: string, starts_on: string, state: GoalCycle['state']) =>
  ({ name, starts_on, state }) as GoalCycle

test('the running cycle is meant, of two the one that began last', () => {
  const cycles = [
    cycle('old', '2026-07-01', 'ended'),
    cycle('year', '2026-01-01', 'active'),
    cycle('quarter', '2026-10-01', 'active'),
    cycle('next', '2027-01-01', 'upcoming'),
  ]
  expect(currentCycle(cycles)?.name).toBe('quarter')
})

test('without a running one, the latest', () => {
  const cycles = [cycle('old', '2026-01-01', 'closed'), cycle('last', '2026-07-01', 'ended')]
  expect(currentCycle(cycles)?.name).toBe('last')
  expect(currentCycle([])).toBeUndefined()
})
