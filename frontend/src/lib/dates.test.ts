import { expect, test } from 'vitest'
import { addDays, dayPart, daysBetween, today } from './dates'

test('a day is counted by the calendar, across the change of clocks', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  expect(addDays('2026-10-24', 3)).toBe('2026-10-27')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
})

test('today is the day it is here, not in Greenwich', () => {
  expect(today(new Date(2026, 0, 5, 0, 30))).toBe('2026-01-05')
  expect(today(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05')
})

test.each([
  [4, 'evening'],
  [5, 'morning'],
  [11, 'morning'],
  [12, 'afternoon'],
  [18, 'evening'],
] as const)('at %i it is %s', (hour, part) =>
  expect(dayPart(new Date(2026, 0, 5, hour))).toBe(part),
)
