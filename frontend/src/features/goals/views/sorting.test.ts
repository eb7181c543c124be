import { describe, expect, test } from 'vitest'
import type { GoalNode } from '@/api/gen/types.gen'
import { sorted, turned } from './sorting'

const goal = (title: string, progress: string | null) => ({ title, progress }) as GoalNode
const GOALS = [goal('Ärger', '0.5'), goal('Zebra', null), goal('Apfel', '0.25'), goal('b 10', '1')]
const titles = (goals: GoalNode[]) => goals.map(({ title }) => title)

describe('sorted', () => {
  test('words as the language sorts them', () => {
    expect(titles(sorted(GOALS, 'goal', 'de'))).toEqual(['Apfel', 'Ärger', 'b 10', 'Zebra'])
  })

  test('what has no number stands last both ways', () => {
    expect(titles(sorted(GOALS, 'progress', 'en'))).toEqual(['Apfel', 'Ärger', 'b 10', 'Zebra'])
    expect(titles(sorted(GOALS, '-progress', 'en'))).toEqual(['b 10', 'Ärger', 'Apfel', 'Zebra'])
  })
})

test('the same column again turns the order around', () => {
  expect(turned('goal', 'goal')).toBe('-goal')
  expect(turned('-goal', 'goal')).toBe('goal')
  expect(turned('-goal', 'due')).toBe('due')
})
