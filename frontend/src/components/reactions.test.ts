import { expect, test } from 'vitest'
import { inOrder, toggled } from './reactions'

const KINDS = ['thumbs_up', 'heart', 'eyes'] as const
type Kind = (typeof KINDS)[number]

const heart = { kind: 'heart' as Kind, count: 2, is_mine: true }
const eyes = { kind: 'eyes' as Kind, count: 1, is_mine: false }

test('a reaction is added, joined, left and gone', () => {
  expect(toggled<Kind>(KINDS, [], 'heart')).toEqual([{ kind: 'heart', count: 1, is_mine: true }])
  expect(toggled(KINDS, [eyes], 'eyes')).toEqual([{ kind: 'eyes', count: 2, is_mine: true }])
  expect(toggled(KINDS, [heart], 'heart')).toEqual([{ kind: 'heart', count: 1, is_mine: false }])
  expect(toggled(KINDS, [{ ...heart, count: 1 }], 'heart')).toEqual([])
})

test('they always stand in the same order', () => {
  expect(toggled(KINDS, [eyes, heart], 'thumbs_up').map(({ kind }) => kind)).toEqual(KINDS)
  expect(inOrder(KINDS, [eyes, heart]).map(({ kind }) => kind)).toEqual(['heart', 'eyes'])
})
