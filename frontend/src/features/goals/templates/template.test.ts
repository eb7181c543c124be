import i18next from 'i18next'
import { expect, test } from 'vitest'
import type { GoalTemplate, TemplateKeyResult } from '@/api/gen/types.gen'
import { goal, keyResult } from '@/test/fixtures'
import { begun, fieldsOfTemplate, templateBody, templateErrors, templateOf } from './template'

const EMPTY = { unit: null, start: null, target: null, lower: null, upper: null, tolerance: null }
const measure = (change: Partial<TemplateKeyResult>): TemplateKeyResult => ({
  ...EMPTY,
  title: 'Measure',
  kind: 'binary',
  weight: '1',
  milestones: [],
  ...change,
})
const TEMPLATE: GoalTemplate = {
  id: 't',
  version: 1,
  created_at: '2026-10-01T08:00:00Z',
  updated_at: '2026-10-01T08:00:00Z',
  function: 'sales',
  language: 'nl',
  title: 'Open the shop',
  description: 'Why',
  key_results: [
    measure({ kind: 'currency', unit: 'EUR', start: '210', target: '150', weight: '2' }),
    measure({ kind: 'maintain', unit: '%', lower: '99.9', tolerance: '0.5' }),
    measure({
      kind: 'milestones',
      milestones: [
        { title: 'Lease', weight: '1', due_after_days: 30 },
        { title: 'Doors', weight: '3', due_after_days: null },
      ],
    }),
    measure({ kind: 'manual' }),
  ],
  permissions: ['edit', 'remove'],
}

test('days of milestones are counted from the start of the goal that begins', () => {
  const fields = begun(TEMPLATE, '2026-10-01')
  expect(Object.keys(fields)).toEqual(['title', 'description', 'key_results'])
  expect(fields.key_results[0]).toMatchObject({ kind: 'currency', unit: 'EUR', weight: '2' })
  expect(fields.key_results[1]).toMatchObject({ lower: '99.9', upper: '', tolerance: '0.5' })
  expect(fields.key_results[2]?.milestones).toMatchObject([
    { title: 'Lease', due_on: '2026-10-31', due_after_days: '' },
    { title: 'Doors', due_on: '', weight: '3' },
  ])
})

test('a template goes through its form and comes out as it was', () => {
  const body = templateBody(fieldsOfTemplate(TEMPLATE))
  const sent = [
    { kind: 'currency', unit: 'EUR', start: '210', target: '150', weight: '2' },
    { kind: 'maintain', unit: '%', lower: '99.9', upper: null, tolerance: '0.5', weight: '1' },
    { kind: 'milestones', milestones: TEMPLATE.key_results[2]?.milestones, weight: '1' },
    { kind: 'manual', weight: '1' },
  ]
  expect(body.key_results).toEqual(sent.map((one) => ({ title: 'Measure', ...one })))
  expect(body).toMatchObject({ function: 'sales', language: 'nl', title: 'Open the shop' })
})

test('days are whole and not beyond ten years', () => {
  const fields = fieldsOfTemplate(TEMPLATE)
  const steps = fields.key_results[2]?.milestones ?? []
  const typed = (days: string) => {
    if (steps[0]) steps[0].due_after_days = days
    return Object.keys(templateErrors(i18next.t, fields))
  }
  expect(typed('3650')).toEqual([])
  for (const days of ['3651', '1.5', '-1', 'soon']) {
    expect(typed(days)).toEqual(['key_results.2.milestones.0.due_after_days'])
  }
  expect(Object.keys(templateErrors(i18next.t, { ...fields, title: ' ' }))).toContain('title')
})

test('a goal that became a template keeps every kind of key result, days by its start', () => {
  const step = { id: 's', title: 'Pilot', weight: '1', done_at: null }
  const kept = templateOf(
    goal({
      key_results: [
        keyResult({ unit: null }),
        keyResult({
          kind: 'milestones',
          unit: null,
          milestones: [
            { ...step, due_on: '2026-10-15' },
            { ...step, due_on: '2026-09-01' },
            { ...step, due_on: null },
          ],
        }),
      ],
    }),
    'sales',
    'nl',
  )
  expect(kept).toMatchObject({ function: 'sales', language: 'nl', title: 'Customers recommend us' })
  expect(kept.key_results?.[0]).toMatchObject({ kind: 'number', start: '40', target: '60' })
  expect(kept.key_results?.[1]?.milestones?.map((one) => one.due_after_days)).toEqual([14, 0, null])
})
