import { describe, expect, test } from 'vitest'
import { parseDecimal, typedDecimal } from './decimal'

describe('parseDecimal', () => {
  test.each([
    ['4.5', '4.5'],
    ['4,5', '4.5'],
    [' -12 ', '-12'],
    ['−3', '-3'],
    ['0.123456789012', '0.123456789012'],
  ])('%s is %s', (typed, decimal) => expect(parseDecimal(typed)).toBe(decimal))

  test.each(['', '1.234,5', '1,234.5', '1e3', 'abc', '.', '0.1234567890123', 'Infinity'])(
    '%s is no decimal',
    (typed) => expect(parseDecimal(typed)).toBeNull(),
  )
})

test('a decimal is shown as people write it, without the zeros of its scale', () => {
  expect(typedDecimal('12.500000000000', ',')).toBe('12,5')
  expect(typedDecimal('100', ',')).toBe('100')
  expect(typedDecimal('3.000000000000', '.')).toBe('3')
})
