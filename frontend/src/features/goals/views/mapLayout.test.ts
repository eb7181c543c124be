import { describe, expect, test } from 'vitest'
import type { GoalNode } from '@/api/gen/types.gen'
import { forestOf } from '../tree'
import { CARD, layOut } from './mapLayout'

const goal = (id: string, parent_id: string | null = null) =>
  ({ id, title: id, parent_id }) as GoalNode

const FOREST = forestOf([
  goal('company'),
  goal('sales', 'company'),
  goal('care', 'company'),
  goal('north', 'sales'),
  goal('alone'),
])

describe('layOut', () => {
  test('what is closed hides what is below, and tells how much that is', () => {
    const { goals, lines } = layOut(FOREST, () => false)
    expect(goals.map(({ goal, below }) => [goal.id, below])).toEqual([
      ['company', 3],
      ['alone', 0],
    ])
    expect(lines).toEqual([])
  })

  test('each level stands further to the right, and a line leads to every goal', () => {
    const { goals, lines } = layOut(FOREST, () => true)
    const at = new Map(goals.map(({ goal, x }) => [goal.id, x]))
    expect(at.get('company')).toBe(0)
    expect(at.get('alone')).toBe(0)
    expect(at.get('sales')).toBe(at.get('care'))
    expect(at.get('north')).toBeGreaterThan(at.get('sales') ?? 0)
    expect(lines).toEqual([
      { from: 'company', to: 'sales' },
      { from: 'company', to: 'care' },
      { from: 'sales', to: 'north' },
    ])
  })

  test('no two cards overlap', () => {
    const many = [
      ...Array.from({ length: 40 }, (_, n) => goal(`a${n}`)),
      ...Array.from({ length: 200 }, (_, n) => goal(`b${n}`, `a${n % 40}`)),
      ...Array.from({ length: 300 }, (_, n) => goal(`c${n}`, `b${n % 7}`)),
    ]
    const { goals } = layOut(forestOf(many), () => true)
    expect(goals).toHaveLength(many.length)
    for (const column of new Set(goals.map(({ x }) => x))) {
      const inIt = goals.filter(({ x }) => x === column)
      const tops = inIt.map(({ y }) => y).sort((a, b) => a - b)
      for (const [index, top] of tops.entries()) {
        if (index > 0) expect(top - (tops[index - 1] ?? 0)).toBeGreaterThanOrEqual(CARD.height)
      }
    }
  })
})
