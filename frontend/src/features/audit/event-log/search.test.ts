import { expect, test } from 'vitest'
import { logQuery, readLogSearch } from './search'

const ID = '01930000-0000-7000-8000-000000000000'

test('what cannot be read is left out', () => {
  const raw = { topic: 'goals', actor: 'me', subject: ID, since: '2026-02-31x', tab: 'other' }
  expect(readLogSearch(raw)).toEqual({ subject: ID })
})

test('the last day belongs to it, where the reader is', () => {
  const { since, until } = logQuery({ since: '2026-03-01', until: '2026-03-01' })
  expect(since).toBe(new Date(2026, 2, 1).toISOString())
  expect(until).toBe(new Date(2026, 2, 2).toISOString())
})
