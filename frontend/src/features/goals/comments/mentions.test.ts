import { expect, test } from 'vitest'
import { bestFirst, nameBeingTyped, spokenTo, withLinks, withName } from './mentions'

const ada = { id: 'a', name: 'Ada', job_title: null }
const lovelace = { id: 'l', name: 'Ada Lovelace', job_title: null }

test.each([
  ['@', 1, ''],
  ['Hello @ad', 9, 'ad'],
  ['Hello @Ada Lo', 13, 'Ada Lo'],
  ['(@Jürg', 6, 'Jürg'],
  ['one\n@x', 6, 'x'],
  ['me@example.com', 14, null],
  ['@Ada Lovelace is', 16, null],
  ['@Ada later', 2, 'A'],
  ['', 0, null],
])('of %j at %i, %j is a name that is being typed', (text, caret, name) => {
  expect(nameBeingTyped(text, caret)).toBe(name)
})

test('a picked name takes the place of what was typed of it', () => {
  expect(withName('Ask @lo today', 7, 'Ada Lovelace')).toEqual(['Ask @Ada Lovelace today', 18])
  expect(withName('@', 1, 'Ada')).toEqual(['@Ada ', 5])
})

test('only whom the text still names is spoken to, and only once', () => {
  expect(spokenTo('Thanks @Ada Lovelace', [lovelace, lovelace])).toEqual(['l'])
  expect(spokenTo('Thanks', [lovelace])).toEqual([])
})

test('names lead to pages, the longest first, and nothing in them is Markdown', () => {
  expect(withLinks('@Ada Lovelace and @Ada', [ada, lovelace])).toBe(
    '[@Ada Lovelace](/people/l) and [@Ada](/people/a)',
  )
  const odd = { id: 'o', name: 'O_o (x)', job_title: null }
  expect(withLinks('@O_o (x)', [odd])).toBe('[@O\\_o (x)](/people/o)')
  expect(withLinks('@Bob', [ada])).toBe('@Bob')
})

test('whose name begins so comes first', () => {
  const camille = { id: 'c', name: 'Camille Laurent', job_title: null }
  const lena = { id: 'n', name: 'Lena Fischer', job_title: null }
  expect(bestFirst([camille, lena], 'LE').map(({ id }) => id)).toEqual(['n', 'c'])
  expect(bestFirst([camille, lena], 'lau').map(({ id }) => id)).toEqual(['c', 'n'])
})
