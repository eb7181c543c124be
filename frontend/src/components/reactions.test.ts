import { expect, test } from 'vitest'
import { inOrder, reacted } from './reactions'

const KINDS = ['thumbs_up', 'heart', 'eyes'] as const
type Kind = (typeof KINDS)[number]

const heart = { kind: 'heart' as Kind, count: 2, is_mine: true }
const eyes = { kind: 'eyes' as Kind, count: 1, is_mine: false }

const add = (kind: Kind) => ({ kind, wanted: true })
const leave = (kind: Kind) => ({ kind, wanted: false })

test('a reaction is added, joined, left and gone', () => {
  expect(reacted(KINDS, [], add('heart'))).toEqual([{ kind: 'heart', count: 1, is_mine: true }])
  expect(reacted(KINDS, [eyes], add('eyes'))).toEqual([{ kind: 'eyes', count: 2, is_mine: true }])
  expect(reacted(KINDS, [heart], leave('heart'))).toEqual([
    { kind: 'heart', count: 1, is_mine: false },
  ])
  expect(reacted(KINDS, [{ ...heart, count: 1 }], leave('heart'))).toEqual([])
})

test('what is so already stays so', () => {
  expect(reacted(KINDS, [heart], add('heart'))).toEqual([heart])
  expect(reacted(KINDS, [eyes], leave('eyes'))).toEqual([eyes])
  expect(reacted(KINDS, [], leave('eyes'))).toEqual([])
})

test('they always stand in the same order', () => {
  expect(reacted(KINDS, [eyes, heart], add('thumbs_up')).map(({ kind }) => kind)).toEqual(KINDS)
  expect(inOrder(KINDS, [eyes, heart]).map(({ kind }) => kind)).toEqual(['heart', 'eyes'])
})
