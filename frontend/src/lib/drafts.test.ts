import { expect, test } from 'vitest'
import { forgetDraft, forgetDrafts, keepDraft, readDraft } from './drafts'

test('a draft is there until it is forgotten', () => {
  keepDraft('give', { text: 'Thank you' }, '2026-11-27T09:00:00Z')
  expect(readDraft('give')).toEqual({ values: { text: 'Thank you' }, at: '2026-11-27T09:00:00Z' })
  forgetDraft('give')
  expect(readDraft('give')).toBeNull()
})

test('signing out forgets every draft, and nothing else', () => {
  localStorage.setItem('perfapi.language', 'de')
  keepDraft('one', {}, '')
  keepDraft('two', {}, '')
  forgetDrafts()
  expect([readDraft('one'), readDraft('two')]).toEqual([null, null])
  expect(localStorage.getItem('perfapi.language')).toBe('de')
  localStorage.clear()
})

test('what is no draft is not taken for one', () => {
  localStorage.setItem('perfapi.draft.broken', '{')
  localStorage.setItem('perfapi.draft.other', '7')
  expect([readDraft('broken'), readDraft('other')]).toEqual([null, null])
  localStorage.clear()
})
