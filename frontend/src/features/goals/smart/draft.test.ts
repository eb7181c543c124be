import { expect, test } from 'vitest'
import { goal, keyResult } from '@/test/fixtures'
import { emptyKeyResult, newGoalFields } from '../goalFields'
import { draftOf, draftOfGoal, draftWithKeyResult } from './draft'

test('what cannot be read yet is not there yet', () => {
  const owner = { id: 'a', name: 'Ada', job_title: null }
  const row = { ...emptyKeyResult(), title: 'Orders', start: '1,5', target: 'many', lower: '2' }
  const fields = { ...newGoalFields(owner, undefined, undefined), key_results: [row] }
  expect(draftOf({ ...fields, title: 'Grow' }, 'nl')).toMatchObject({
    language: 'nl',
    title: 'Grow',
    cycle_id: null,
    due_on: null,
    driver: 'key_results',
    key_results: [
      { title: 'Orders', unit: null, start: '1.5', target: null, lower: '2', upper: null },
    ],
  })
})

test('a stored goal is advised with what its form says, and as far as it has come', () => {
  const hidden = goal({ has_hidden_parent: true, key_results: [keyResult()] })
  expect(draftOfGoal(hidden, 'en', { title: 'Anew' })).toMatchObject({
    title: 'Anew',
    has_hidden_parent: true,
    has_started: true,
    key_results: [{ title: 'Net promoter score', target: '60' }],
  })
  expect(draftOfGoal(goal({ state: 'draft' }), 'en').has_started).toBe(false)
})

test('the key result that is being written stands first, and once', () => {
  const both = goal({ key_results: [keyResult({ id: 'a', title: 'A' }), keyResult({ id: 'b' })] })
  const titles = (id: string | undefined) =>
    draftWithKeyResult(both, 'en', { ...emptyKeyResult(), title: 'Now' }, id).key_results?.map(
      ({ title }) => title,
    )
  expect(titles('b')).toEqual(['Now', 'A'])
  expect(titles(undefined)).toEqual(['Now', 'A', 'Net promoter score'])
})
