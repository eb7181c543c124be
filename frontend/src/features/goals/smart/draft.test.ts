import { expect, test } from 'vitest'
import { emptyKeyResult, newGoalFields } from '../goalFields'
import { draftOf } from './draft'

test('what cannot be read yet is not there yet', () => {
  const owner = { id: 'a', name: 'Ada', job_title: null }
  const row = { ...emptyKeyResult(), title: 'Orders', start: '1,5', target: 'many' }
  const fields = { ...newGoalFields(owner, undefined, undefined), key_results: [row] }
  expect(draftOf({ ...fields, title: 'Grow' }, 'nl')).toMatchObject({
    language: 'nl',
    title: 'Grow',
    cycle_id: null,
    due_on: null,
    key_results: [{ title: 'Orders', unit: null, start: '1.5', target: null }],
  })
})
