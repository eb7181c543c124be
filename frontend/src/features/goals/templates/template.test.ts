import { expect, test } from 'vitest'
import { goal, keyResult } from '@/test/fixtures'
import { begun, templateOf } from './template'

test('a goal that became a template begins another one like it', () => {
  const kept = templateOf(goal({ key_results: [keyResult({ unit: null })] }), 'sales', 'nl')
  expect(kept).toEqual({
    function: 'sales',
    language: 'nl',
    title: 'Customers recommend us',
    description: '',
    key_results: [
      { title: 'Net promoter score', kind: 'number', unit: null, start: '40', target: '60' },
    ],
  })
  const fields = begun({ ...kept, description: 'Why', key_results: kept.key_results as never })
  expect(fields).toMatchObject({
    title: 'Customers recommend us',
    description: 'Why',
    key_results: [
      { title: 'Net promoter score', unit: '', start: '40', target: '60', weight: '1' },
    ],
  })
  expect(Object.keys(fields)).toEqual(['title', 'description', 'key_results'])
})
