import { describe, expect, test } from 'vitest'
import type { MappingSuggestion } from '@/api/gen/types.gen'
import { assign, attributeKey, fieldsOfSuggestion, gapsOf, mappingOf, type Target } from './mapping'

const column = (name: string, field: string | null, is_sensitive = false) => ({
  name,
  field,
  is_sensitive,
  samples: [],
})

const suggestion: MappingSuggestion = {
  encoding: 'utf-8',
  delimiter: ',',
  row_count: 2,
  columns: [
    column('Name', 'name'),
    column('EmpID', 'external_id'),
    column('Source', 'attributes.recruitment_source'),
    column('State', 'status'),
    column('Salary', null, true),
  ],
  mapping: {
    mode: 'delta',
    max_deactivations: '0.25',
    columns: { name: 'Name', external_id: 'EmpID', status: 'State' },
    attributes: { recruitment_source: 'Source' },
    name_format: 'last_first',
    date_formats: ['%Y-%m-%d'],
    status_words: { Active: 'active' },
    email_template: null,
  },
  notes: [],
}

const fields = () => fieldsOfSuggestion(suggestion)
const targets = (entries: Record<string, Target>) => ({ ...fields(), targets: entries })

test('what the API suggests comes back unchanged if nobody touches it', () => {
  expect(mappingOf(fields(), suggestion.mapping)).toEqual(suggestion.mapping)
})

test('a field belongs to one column: another lets go of it', () => {
  const changed = assign(fields(), 'Salary', 'name')
  expect(changed.targets).toMatchObject({ Name: '', Salary: 'name' })
})

test('several columns may be kept as attributes, under keys of their own', () => {
  const changed = assign(fields(), 'Salary', 'attribute')
  expect(mappingOf(changed, suggestion.mapping).attributes).toEqual({
    recruitment_source: 'Source',
    salary: 'Salary',
  })
})

test('words for the status go with the column of the status', () => {
  const changed = assign(fields(), 'State', '')
  expect(mappingOf(changed, suggestion.mapping).status_words).toEqual({})
})

test.each([
  ['RecruitmentSource', 'recruitment_source'],
  ['Cost Center (€)', 'cost_center'],
  ['Größe', 'gro_e'],
  ['2nd e-mail', 'nd_e_mail'],
  ['???', 'attribute'],
])('the column %s is kept under %s', (name, key) => {
  expect(attributeKey(name)).toBe(key)
  expect(key).toMatch(/^[a-z][a-z0-9_]*$/)
})

describe('gapsOf', () => {
  test.each([
    ['nothing is missing', { a: 'name', b: 'external_id' }, []],
    ['parts of the name are a name', { a: 'given_name', b: 'family_name', c: 'email' }, []],
    ['half a name is none', { a: 'given_name', b: 'email' }, ['name']],
    ['whole and half a name contradict', { a: 'name', b: 'given_name', c: 'email' }, ['name']],
    ['people must be recognised again', { a: 'name' }, ['identity']],
    [
      'managers are found in one way',
      { a: 'name', b: 'email', c: 'manager_name', d: 'manager_email' },
      ['managers'],
    ],
    ['a number alone finds nobody', { a: 'name', b: 'email', c: 'manager_id_hint' }, ['managers']],
  ] as [string, Record<string, Target>, string[]][])('%s', (_, chosen, gaps) => {
    expect(gapsOf(targets(chosen))).toEqual(gaps)
  })

  test('dates need a format', () => {
    const dated = { ...targets({ a: 'name', b: 'email', c: 'hired_on' }), date_formats: [] }
    expect(gapsOf(dated)).toEqual(['dates'])
  })
})
