import { describe, expect, test } from 'vitest'
import type { GoalNode } from '@/api/gen/types.gen'
import { forestOf } from './tree'
import { rowsOf } from './treeRows'

const goal = (id: string, parent_id: string | null = null, measured = false) =>
  ({ id, title: id, parent_id, key_results: measured ? [{ id: `${id} kr` }] : [] }) as GoalNode

const FOREST = forestOf([
  goal('company', null, true),
  goal('sales', 'company'),
  goal('north', 'sales', true),
  goal('alone', null, true),
])

describe('rowsOf', () => {
  test('what is closed is one row', () => {
    expect(rowsOf(FOREST, () => false).map(({ key }) => key)).toEqual(['company', 'alone'])
  })

  test('what is open shows its key results first, then what is below', () => {
    const rows = rowsOf(FOREST, ({ id }) => id !== 'alone')
    expect(rows.map(({ key, depth, kind }) => [key, depth, kind])).toEqual([
      ['company', 0, 'goal'],
      ['company key results', 0, 'key_results'],
      ['sales', 1, 'goal'],
      ['north', 2, 'goal'],
      ['north key results', 2, 'key_results'],
      ['alone', 0, 'goal'],
    ])
  })

  test('each goal at the top and what is below it stand on one card', () => {
    const rows = rowsOf(FOREST, () => true)
    expect(rows.filter(({ isFirst }) => isFirst).map(({ key }) => key)).toEqual([
      'company',
      'alone',
    ])
    expect(rows.filter(({ isLast }) => isLast).map(({ key }) => key)).toEqual([
      'north key results',
      'alone key results',
    ])
    const [closed] = rowsOf(forestOf([goal('one')]), () => false)
    expect(closed).toMatchObject({ isFirst: true, isLast: true })
  })
})
