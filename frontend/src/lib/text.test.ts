import { describe, expect, test } from 'vitest'
import { matches, withoutAct } from './text'

test('words are found by their beginnings, in any order, without accents', () => {
  expect(matches('Jürgen Müller-Lüdenscheidt', 'mull jur')).toBe(true)
  expect(matches('Jürgen Müller-Lüdenscheidt', 'luden')).toBe(true)
  expect(matches('Jürgen Müller', 'gen')).toBe(false)
  expect(matches('Jürgen Müller', 'jur meier')).toBe(false)
})

test('nothing asked matches everything', () => {
  expect(matches('Anybody', '  ')).toBe(true)
})

describe('withoutAct', () => {
  test.each([
    ['nps', 'nps'],
    ['Check in nps', 'nps'],
    ['check in: Net promoter', 'net promoter'],
    ['', ''],
    ['che', ''],
    ['check in', ''],
    ['check in ', ''],
    ['check innovation', 'check innovation'],
  ])('of “%s” leaves “%s”', (typed, left) => {
    expect(withoutAct(typed, 'Check in: ')).toBe(left)
  })
})
