import { expect, test } from 'vitest'
import { changedFields, orNull } from './patch'

test('a patch holds only what differs, emptied fields as null', () => {
  const before = orNull({ title: 'Engineer', location: 'Milano', note: '' })
  const now = orNull({ title: 'Engineer', location: '  ', note: 'x' })
  expect(changedFields(now, before)).toEqual({ location: null, note: 'x' })
})
