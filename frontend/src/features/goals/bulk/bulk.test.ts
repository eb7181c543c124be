import { expect, test } from 'vitest'
import { emptyKeyResult, emptyMilestone } from '../goalFields'
import { type BulkFields, bulkBody, emptyBulk, emptyGoal, fieldOf, isForSomebody } from './bulk'

const ada = { id: 'ada', name: 'Ada', job_title: null }
const ben = { id: 'ben', name: 'Ben', job_title: null }
const launch = {
  ...emptyKeyResult(),
  title: 'Launch',
  kind: 'milestones' as const,
  milestones: [{ ...emptyMilestone(), title: 'Pilot', due_on: '2026-11-30' }],
}
const fields: BulkFields = {
  ...emptyBulk('q4'),
  goals: [
    { ...emptyGoal(), title: ' Talk ', weight: '2', key_results: [emptyKeyResult(), launch] },
  ],
  parent_id: { id: 'above', title: 'Above' },
  due_on: '2026-12-01',
  ambition: 'aspirational',
  purpose: 'development',
  visibility: 'manager_chain',
  is_draft: true,
  department_id: 'd',
  also: [ada],
  except: [ben],
}

test('a bulk is its goals without blank rows, what they share, and for whom', () => {
  expect(bulkBody(fields, 'dry_run')).toEqual({
    mode: 'dry_run',
    skip_who_has_one: true,
    goals: [
      {
        title: 'Talk',
        description: '',
        weight: '2',
        parent_id: 'above',
        parent_key_result_id: null,
        cycle_id: 'q4',
        starts_on: null,
        due_on: '2026-12-01',
        ambition: 'aspirational',
        purpose: 'development',
        visibility: 'manager_chain',
        state: 'draft',
        key_results: [
          {
            title: 'Launch',
            kind: 'milestones',
            weight: '1',
            milestones: [{ title: 'Pilot', weight: '1', due_on: '2026-11-30' }],
          },
        ],
      },
    ],
    people: {
      department_id: 'd',
      team_id: null,
      manager_id: null,
      also_person_ids: ['ada'],
      except_person_ids: ['ben'],
    },
  })
})

test('it is for somebody as soon as anybody is chosen; leaving out chooses nobody', () => {
  expect(isForSomebody(fields)).toBe(true)
  expect(isForSomebody({ ...fields, department_id: '' })).toBe(true)
  expect(isForSomebody({ ...fields, department_id: '', also: [] })).toBe(false)
})

test.each([
  ['people.manager_id', 'manager'],
  ['people.department_id', 'department_id'],
  ['people.also_person_ids.0', 'also'],
  ['goals.0.title', 'goals.0.title'],
  ['goals.0.parent_id', 'parent_id'],
  ['goals.0.key_results.0.milestones.0.title', 'goals.0.key_results.1.milestones.0.title'],
])('a refusal at %s belongs to %s', (path, field) => expect(fieldOf(path, fields)).toBe(field))
