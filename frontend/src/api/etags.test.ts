import { expect, test } from 'vitest'
import { ifMatch, tagOf } from './etags'

test('a change insists on the version that its form was filled from', () => {
  expect(ifMatch(tagOf({ version: 7 }))).toEqual({ 'if-match': '"7-0"' })
})
