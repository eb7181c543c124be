import { describe, expect, test } from 'vitest'
import { dateParam, flagParam, localPath, oneOf, textParam } from './search'

describe('search params', () => {
  test('what cannot be read is left out', () => {
    const raw = { q: '', n: 12, level: 'galaxy', as_of: '2026-13-01', new: 'yes' }
    expect(textParam(raw, 'q')).toBeUndefined()
    expect(textParam(raw, 'n')).toBe('12')
    expect(oneOf(raw, 'level', ['company', 'team'])).toBeUndefined()
    expect(dateParam(raw, 'as_of')).toBeUndefined()
    expect(flagParam(raw, 'new')).toBeUndefined()
  })

  test('what can is kept', () => {
    const raw = { level: 'team', as_of: '2026-12-01', new: true }
    expect(oneOf(raw, 'level', ['company', 'team'])).toBe('team')
    expect(dateParam(raw, 'as_of')).toBe('2026-12-01')
    expect(flagParam(raw, 'new')).toBe(true)
  })
})

test.each([
  ['/goals?status=at_risk', '/goals?status=at_risk'],
  ['//evil.example/x', undefined],
  ['/\\evil.example', undefined],
  ['https://evil.example', undefined],
  ['javascript:alert(1)', undefined],
])('the way back %s leads to %s', (back, path) => expect(localPath({ back }, 'back')).toBe(path))
