import { expect, test } from 'vitest'
import { matches } from './text'

test('words are found by their beginnings, in any order, without accents', () => {
  expect(matches('Jürgen Müller-Lüdenscheidt', 'mull jur')).toBe(true)
  expect(matches('Jürgen Müller-Lüdenscheidt', 'luden')).toBe(true)
  expect(matches('Jürgen Müller', 'gen')).toBe(false)
  expect(matches('Jürgen Müller', 'jur meier')).toBe(false)
})

test('nothing asked matches everything', () => {
  expect(matches('Anybody', '  ')).toBe(true)
})
