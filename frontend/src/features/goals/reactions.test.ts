import { expect, test } from 'vitest'
import { inOrder, toggled } from './reactions'

const heart = { kind: 'heart', count: 2, is_mine: true } as const
const eyes = { kind: 'eyes', count: 1, is_mine: false } as const

test('a reaction is added, joined, left and gone', () => {
  expect(toggled([], 'heart')).toEqual([{ kind: 'heart', count: 1, is_mine: true }])
  expect(toggled([eyes], 'eyes')).toEqual([{ kind: 'eyes', count: 2, is_mine: true }])
  expect(toggled([heart], 'heart')).toEqual([{ kind: 'heart', count: 1, is_mine: false }])
  expect(toggled([{ ...heart, count: 1 }], 'heart')).toEqual([])
})

test('they always stand in the same order', () => {
  const sorted = ['thumbs_up', 'heart', 'eyes']
  expect(toggled([eyes, heart], 'thumbs_up').map(({ kind }) => kind)).toEqual(sorted)
  expect(inOrder([eyes, heart]).map(({ kind }) => kind)).toEqual(['heart', 'eyes'])
})
