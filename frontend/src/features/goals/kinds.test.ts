import { describe, expect, test } from 'vitest'
import { keyResult } from '@/test/fixtures'
import { emptyKeyResult, fieldsOfKeyResult, keyResultBody, unitFor } from './goalFields'
import { countMilestones, doneOf, KINDS, progressAt, shareDone } from './kinds'
import { checkInErrors, isBlank, keyResultErrors } from './rules'

const NO_BAND = { lower: null, upper: null, tolerance: null }

describe('progressAt', () => {
  test.each([
    ['80', '100', '80', 0],
    ['80', '100', '90', 0.5],
    ['10', '5', '7.5', 0.5],
    ['10', '5', '12', -0.4],
    ['0', '10', '13', 1.3],
    ['0', '1', '1', 1],
    ['0', '100', '35', 0.35],
  ])('from %s to %s, %s is %d', (start, target, value, progress) =>
    expect(progressAt(value, { start, target, ...NO_BAND })).toBeCloseTo(progress),
  )

  test('without a way there is no progress', () => {
    expect(progressAt('3', { start: '3', target: '3', ...NO_BAND })).toBeNull()
  })

  test.each([
    ['95', '99', '4', '95', 1],
    ['95', '99', '4', '94', 0.75],
    ['95', '99', '4', '102', 0.25],
    ['95', '99', '4', '50', 0],
    ['95', '99', null, '94.9', 0],
    ['95', null, '10', '1000', 1],
    [null, '99', '10', '101', 0.8],
  ])('between %s and %s with tolerance %s, %s is %d', (lower, upper, tolerance, value, progress) =>
    expect(progressAt(value, { start: null, target: null, lower, upper, tolerance })).toBeCloseTo(
      progress,
    ),
  )
})

const step = (id: string, weight: string, done_at: string | null = null) => ({
  id,
  title: id,
  weight,
  due_on: null,
  done_at,
})

describe('milestones', () => {
  const steps = [step('a', '1', '2026-10-05T08:00:00Z'), step('b', '3'), step('c', '0')]

  test('share by weight', () => {
    expect(shareDone(steps, ['a'])).toBe(0.25)
    expect(shareDone(steps, ['b', 'c'])).toBe(0.75)
    expect(shareDone([step('a', '0')], ['a'])).toBeNull()
  })

  test('are counted from a list and from the tree alike', () => {
    expect(countMilestones(steps)).toEqual({ done: 1, total: 3 })
    expect(countMilestones({ done: 2, total: 5 })).toEqual({ done: 2, total: 5 })
    expect(countMilestones(null)).toEqual({ done: 0, total: 0 })
    expect(doneOf({ milestones: steps })).toEqual(['a'])
  })
})

describe('the body', () => {
  const filled = {
    ...emptyKeyResult(),
    title: ' T ',
    unit: ' EUR ',
    start: '1',
    target: '2',
    lower: '3',
    upper: '',
    tolerance: '4',
    milestones: [
      { key: 'x', id: 'x', title: ' A ', weight: '2', due_on: '2026-12-01' },
      { key: 'y', title: 'B', weight: '1', due_on: '' },
      { key: 'z', title: ' ', weight: '1', due_on: '' },
    ],
  }
  const told = {
    number: { unit: 'EUR', start: '1', target: '2' },
    currency: { unit: 'EUR', start: '1', target: '2' },
    percent: { start: '1', target: '2' },
    maintain: { unit: 'EUR', lower: '3', upper: null, tolerance: '4' },
    milestones: {
      milestones: [
        { id: 'x', title: 'A', weight: '2', due_on: '2026-12-01' },
        { title: 'B', weight: '1', due_on: null },
      ],
    },
    binary: {},
    manual: {},
  }

  test.each(KINDS)('of %s holds what that kind is told by', (kind) =>
    expect(keyResultBody({ ...filled, kind })).toEqual({
      title: 'T',
      kind,
      weight: '1',
      ...told[kind],
    }),
  )

  test('of what is stored says the same again', () => {
    const band = keyResult({ kind: 'maintain', start: null, target: null, lower: '3', unit: null })
    expect(keyResultBody(fieldsOfKeyResult(band))).toEqual({
      title: 'Net promoter score',
      kind: 'maintain',
      unit: null,
      lower: '3',
      upper: null,
      tolerance: null,
      weight: '1',
    })
  })

  test('a currency is no other unit', () => {
    expect(unitFor('currency', { kind: 'number', unit: 'points' })).toBe('EUR')
    expect(unitFor('number', { kind: 'currency', unit: 'CHF' })).toBe('')
    expect(unitFor('currency', { kind: 'currency', unit: 'CHF' })).toBe('CHF')
    expect(unitFor('maintain', { kind: 'number', unit: 'points' })).toBe('points')
  })
})

describe('what the page refuses', () => {
  const t = ((key: string) => key) as never
  const errors = (change: object) =>
    keyResultErrors(t, { ...emptyKeyResult(), title: 'T', ...change })
  const row = (title: string, weight = '1', due_on = '') => ({ key: title, title, weight, due_on })

  test.each([
    [{ kind: 'binary' }, {}],
    [{ kind: 'manual' }, {}],
    [{ kind: 'number' }, { target: 'form.number' }],
    [{ kind: 'percent', target: '0' }, { target: 'keyResult.nowhere' }],
    [{ kind: 'currency', target: '5' }, { unit: 'form.required' }],
    [{ kind: 'maintain' }, { lower: 'keyResult.noBand' }],
    [{ kind: 'maintain', lower: 'x' }, { lower: 'form.number' }],
    [{ kind: 'maintain', lower: '5', upper: '4' }, { upper: 'keyResult.bandUpsideDown' }],
    [
      { kind: 'maintain', upper: '5', tolerance: '0' },
      { tolerance: 'keyResult.toleranceAboveZero' },
    ],
    [{ kind: 'maintain', upper: '5', tolerance: '1' }, {}],
    [{ kind: 'milestones', milestones: [row('')] }, { 'milestones.0.title': 'milestone.none' }],
    [{ kind: 'milestones', milestones: [row('A'), row('')] }, {}],
    [
      { kind: 'milestones', milestones: [row('A'), row('', '1', '2026-12-01')] },
      { 'milestones.1.title': 'form.required' },
    ],
    [
      { kind: 'milestones', milestones: [row('A', '0'), row('B', '0')] },
      { 'milestones.0.weight': 'milestone.weightless' },
    ],
    [
      { kind: 'milestones', milestones: [row('A', '-1'), row('B')] },
      { 'milestones.0.weight': 'form.number' },
    ],
  ])('%o', (change, expected) => expect(errors(change)).toEqual(expected))

  test('a row in which nothing was typed is blank, whatever its kind', () => {
    const empty = emptyKeyResult()
    expect(isBlank(empty)).toBe(true)
    expect(isBlank({ ...empty, kind: 'currency', unit: 'EUR' })).toBe(true)
    expect(isBlank({ ...empty, kind: 'milestones', milestones: [row('')] })).toBe(true)
    expect(isBlank({ ...empty, kind: 'milestones', milestones: [row('A')] })).toBe(false)
    expect(isBlank({ ...empty, kind: 'maintain', lower: '5' })).toBe(false)
  })

  test('of check-ins only those that are meant', () => {
    const entry = { key_result_id: 'k', value: '', confidence: null, comment: '' }
    const steps = { ...entry, done_milestone_ids: [] }
    const entries = [entry, steps, entry]
    expect(checkInErrors(t, entries, (index) => index < 2)).toEqual({
      'entries.0.value': 'form.number',
    })
  })
})
