import { expect, test, vi } from 'vitest'
import { cursorFeed, everyItem, itemsOf } from './paging'

test('a whole list is read page by page until no cursor follows', async () => {
  const pages = [
    { items: [1, 2], next_cursor: 'a' },
    { items: [3], next_cursor: null },
  ]
  const read = vi.fn(async () => ({ data: pages.shift() ?? { items: [], next_cursor: null } }))
  expect(await everyItem(read)).toEqual([1, 2, 3])
  expect(read.mock.calls).toEqual([
    [{ limit: 200, cursor: undefined }],
    [{ limit: 200, cursor: 'a' }],
  ])
})

test('a feed knows where it goes on and where it ends', () => {
  const feed = cursorFeed({ queryFn: async () => ({ items: [] }) })
  expect(feed.getNextPageParam({ next_cursor: 'b' })).toBe('b')
  expect(feed.getNextPageParam({ next_cursor: null })).toBeUndefined()
  expect(
    itemsOf({
      pages: [
        { items: [1], next_cursor: 'b' },
        { items: [2], next_cursor: null },
      ],
      pageParams: [],
    }),
  ).toEqual([1, 2])
})
