import { expect, test, vi } from 'vitest'
import { randomId } from './ids'

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('ids are UUIDs, also where the browser makes none by itself', () => {
  expect(randomId()).toMatch(UUID_4)
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  expect(randomId()).toMatch(UUID_4)
  expect(randomId()).not.toBe(randomId())
  vi.unstubAllGlobals()
})
