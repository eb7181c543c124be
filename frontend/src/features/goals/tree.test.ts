import { expect, test } from 'vitest'
import type { GoalNode } from '@/api/gen/types.gen'
import { everyGoal, forestOf, isWanted, ownersOf, prune } from './tree'

function goal(id: string, parent_id: string | null, change: Partial<GoalNode> = {}): GoalNode {
  return {
    id,
    parent_id,
    title: `Goal ${id}`,
    level: 'person',
    state: 'active',
    status: 'on_track',
    owner: { id: `owner of ${id}`, name: `Owner ${id}`, job_title: null },
    ...change,
  } as GoalNode
}

const goals = [
  goal('1', null, { level: 'company' }),
  goal('2', '1', { level: 'department', status: 'at_risk' }),
  goal('3', '2'),
  goal('4', 'hidden'),
]

test('goals hang below their parents; whose parent is out of sight stands at the top', () => {
  const forest = forestOf(goals)
  expect(forest.map((branch) => branch.goal.id)).toEqual(['1', '4'])
  expect(everyGoal(forest).map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
})

test('a filter keeps what leads to what it finds', () => {
  const found = prune(forestOf(goals), { status: 'at_risk' })
  expect(everyGoal(found).map(({ id }) => id)).toEqual(['1', '2'])
  expect(prune(forestOf(goals), { q: 'owner 4' }).map(({ goal }) => goal.id)).toEqual(['4'])
  expect(prune(forestOf(goals), { q: 'nobody' })).toEqual([])
})

test('cancelled goals are shown to whoever asks for them', () => {
  const cancelled = goal('5', null, { state: 'cancelled' })
  expect(isWanted(cancelled, {})).toBe(false)
  expect(isWanted(cancelled, { state: 'cancelled' })).toBe(true)
})

test('owners are listed once, by name', () => {
  const owner = { id: 'x', name: 'Ada', job_title: null }
  expect(
    ownersOf([goal('1', null), goal('2', null, { owner }), goal('3', null, { owner })]),
  ).toEqual([owner, expect.objectContaining({ name: 'Owner 1' })])
})

test('my goals are those I own and those I contribute to; theirs are what they own', () => {
  const mine = goal('5', null, { is_yours: true })
  expect(isWanted(mine, { owner: 'me', me: 'me' })).toBe(true)
  expect(isWanted(mine, { owner: 'owner of 5', me: 'me' })).toBe(true)
  expect(isWanted(mine, { owner: 'somebody', me: 'me' })).toBe(false)
  expect(isWanted(goal('6', null), { owner: 'me', me: 'me' })).toBe(false)
})
