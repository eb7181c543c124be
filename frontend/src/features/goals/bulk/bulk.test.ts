import { expect, test } from 'vitest'
import { emptyKeyResult } from '../goalFields'
import { type BulkFields, bulkBody, emptyGoal, isForSomebody } from './bulk'

const fields: BulkFields = {
  goals: [
    {
      ...emptyGoal(),
      title: ' Talk ',
      key_results: [
        { ...emptyKeyResult(), title: 'Talks', target: '5', unit: 'talks' },
        emptyKeyResult(),
      ],
    },
  ],
  cycle_id: '',
  department_id: 'd',
  team_id: '',
  manager: null,
}

test('a bulk is its goals without blank rows, and for whom', () => {
  expect(bulkBody(fields, 'dry_run')).toEqual({
    mode: 'dry_run',
    goals: [
      {
        title: 'Talk',
        description: '',
        cycle_id: null,
        key_results: [
          { title: 'Talks', kind: 'number', unit: 'talks', start: '0', target: '5', weight: '1' },
        ],
      },
    ],
    people: { department_id: 'd', team_id: null, manager_id: null },
  })
})

test('it is for somebody as soon as anything is chosen', () => {
  expect(isForSomebody(fields)).toBe(true)
  expect(isForSomebody({ ...fields, department_id: '' })).toBe(false)
})
