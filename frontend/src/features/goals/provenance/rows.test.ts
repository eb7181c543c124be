import { describe, expect, test } from 'vitest'
import type { GoalParts } from '@/api/gen/types.gen'
import { rowsOf } from './rows'

function parts(id: string, change: Partial<GoalParts>): GoalParts {
  return {
    id,
    title: id,
    progress: '0.5',
    driver: 'both',
    total_weight: '1',
    steps: 0,
    key_results: [],
    goals: [],
    hidden_goals: [],
    ...change,
  }
}

const owner = { id: 'ada', name: 'Ada', job_title: null }
const counted = { weight: '1', progress: '0.5', adds: '0.25' }
const keyResult = (id: string) => ({
  ...counted,
  id,
  title: id,
  kind: 'number' as const,
  unit: null,
  check_in: null,
})
const PROVENANCE = [
  parts('company', {
    key_results: [keyResult('orders')],
    goals: [
      { ...counted, id: 'team', title: 'team', owner },
      { ...counted, id: 'bare', title: 'bare', owner },
    ],
    hidden_goals: [{ weight: '3' }],
  }),
  parts('team', { steps: 1, key_results: [keyResult('calls')] }),
  parts('bare', { steps: 1 }),
]

describe('rowsOf', () => {
  test('first the parts of the goal itself, those that have parts can be opened', () => {
    const rows = rowsOf(PROVENANCE, new Set())
    expect(rows.map(({ title, depth, canOpen }) => [title, depth, canOpen])).toEqual([
      ['orders', 0, false],
      ['team', 0, true],
      ['bare', 0, false],
      [null, 0, false],
    ])
  })

  test('what is open shows its own parts below it', () => {
    const rows = rowsOf(PROVENANCE, new Set(['team', 'bare']))
    expect(rows.map(({ title, depth }) => [title, depth])).toEqual([
      ['orders', 0],
      ['team', 0],
      ['calls', 1],
      ['bare', 0],
      [null, 0],
    ])
  })

  test('of one that you cannot see only the weight is told', () => {
    expect(rowsOf(PROVENANCE, new Set()).at(-1)).toMatchObject({
      kind: 'hidden',
      id: null,
      title: null,
      weight: '3',
      progress: null,
      adds: null,
    })
  })

  test('without an answer there is nothing', () => {
    expect(rowsOf([], new Set())).toEqual([])
  })
})
