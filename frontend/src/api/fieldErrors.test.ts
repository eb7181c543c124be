import { expect, test } from 'vitest'
import { pathOfPointer, sortFieldErrors } from './fieldErrors'
import { ApiError } from './problem'

test.each([
  ['/title', 'title'],
  ['/key_results/0/target', 'key_results.0.target'],
  ['/attributes/cost~1center', 'attributes.cost/center'],
  ['/body/title', 'title'],
])('%s points to %s', (pointer, path) => expect(pathOfPointer(pointer)).toBe(path))

test('errors go onto the fields of the form, the rest above it', () => {
  const refused = new ApiError({
    status: 422,
    errors: [
      { pointer: '/title', code: 'a', detail: 'Too long.' },
      { pointer: '/title', code: 'b', detail: 'And rude.' },
      { pointer: '/cycle_id', code: 'c', detail: 'The cycle is closed.' },
      { header: 'If-Match', code: 'd', detail: 'That is not an ETag.' },
    ],
  })
  expect(sortFieldErrors(refused, (path) => path === 'title')).toEqual({
    fields: { title: 'Too long. And rude.' },
    rest: ['The cycle is closed.', 'That is not an ETag.'],
  })
})
