import { describe, expect, it } from 'vitest'
import type { GoalCycle } from '@/api/gen/types.gen'
import { exportQuery } from './exportQuery'

function cycle(id: string, state: GoalCycle['state'], starts_on: string) {
  return { id, state, starts_on } as GoalCycle
}

const CYCLES = [cycle('now', 'active', '2026-10-01'), cycle('then', 'ended', '2026-07-01')]

describe('what is exported', () => {
  it('is the running cycle, as the page shows it', () => {
    expect(exportQuery({}, CYCLES, 'ada')).toMatchObject({
      cycle_id: 'now',
      sort: 'title',
    })
  })

  it('is the chosen cycle alone', () => {
    const query = exportQuery({ cycle: 'then', q: 'x', level: 'team' }, CYCLES, 'ada')
    expect(query).toMatchObject({ cycle_id: 'then', q: 'x', level: 'team' })
  })

  it('counts what one contributes to as one’s own, but not of others', () => {
    expect(exportQuery({ owner: 'ada' }, CYCLES, 'ada')).toMatchObject({ person_id: 'ada' })
    expect(exportQuery({ owner: 'bea' }, CYCLES, 'ada')).toMatchObject({ owner_id: 'bea' })
  })

  it('is what was archived in any cycle', () => {
    expect(exportQuery({ state: 'archived', q: 'x', status: 'at_risk' }, CYCLES, 'ada')).toEqual({
      state: 'archived',
      q: 'x',
    })
  })

  it('is what was called off in the chosen cycle', () => {
    expect(exportQuery({ state: 'cancelled', cycle: 'then' }, CYCLES, 'ada')).toEqual({
      state: 'cancelled',
      cycle_id: 'then',
    })
  })

  it('comes in the order of the table', () => {
    expect(exportQuery({ view: 'table' }, CYCLES, 'ada').sort).toBe('due_on')
    expect(exportQuery({ view: 'table', sort: 'goal' }, CYCLES, 'ada').sort).toBe('title')
  })
})
