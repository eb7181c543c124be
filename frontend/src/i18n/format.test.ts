import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createFormat } from './format'

describe('createFormat', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.setSystemTime(new Date(2026, 10, 23, 12))
  })
  afterEach(() => vi.useRealTimers())

  test('a plain date is the same day wherever one reads it', () => {
    expect(createFormat('en').date('2026-11-23')).toBe('23 Nov 2026')
    expect(createFormat('de').date('2026-11-23')).toBe('23. Nov. 2026')
  })

  test('numbers and shares are written as in the language', () => {
    expect(createFormat('de').number('1234.5')).toBe('1.234,5')
    expect(createFormat('en').percent('0.623')).toBe('62%')
    expect(createFormat('de').percent('1.3').replace(/\s/, ' ')).toBe('130 %')
    expect(createFormat('it').decimalSeparator).toBe(',')
  })

  test('the recent past is told in days and weeks, the distant one by its date', () => {
    const { ago } = createFormat('en')
    expect(ago(new Date(2026, 10, 23, 1).toISOString())).toBe('today')
    expect(ago(new Date(2026, 10, 22, 23).toISOString())).toBe('yesterday')
    expect(ago(new Date(2026, 10, 12, 9).toISOString())).toBe('11 days ago')
    expect(ago(new Date(2026, 9, 26, 9).toISOString())).toBe('4 weeks ago')
    expect(ago(new Date(2026, 4, 1, 9).toISOString())).toBe('1 May 2026')
  })

  test('of today the hours and minutes are told', () => {
    const { elapsed } = createFormat('en')
    expect(elapsed(new Date(2026, 10, 23, 11, 55).toISOString())).toBe('5 minutes ago')
    expect(elapsed(new Date(2026, 10, 23, 9).toISOString())).toBe('3 hours ago')
    expect(elapsed(new Date(2026, 10, 22, 23).toISOString())).toBe('yesterday')
  })
})
