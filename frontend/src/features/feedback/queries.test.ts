import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { Feedback } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { feedback } from '@/test/feedback'
import { changeShown, feedbackFeed, feedbackOptions } from './queries'

test('a change is shown in every list and on the page, and of no other feedback', async () => {
  const queryClient = new QueryClient()
  const items: Feedback[] = [feedback(), feedback({ id: 'other' })]
  const lists = [feedbackFeed({ box: 'wall' }), feedbackFeed({ box: 'received' })]
  for (const { queryKey } of lists) {
    const pages = [{ items, next_cursor: null }]
    queryClient.setQueryData(queryKey, { pages, pageParams: [{}] })
  }
  const { queryKey: page } = feedbackOptions('feedback')
  queryClient.setQueryData(page, feedback())
  await changeShown(queryClient, 'feedback', (shown) => ({ ...shown, comment_count: 7 }))
  for (const { queryKey } of lists) {
    const shown = itemsOf(queryClient.getQueryData(queryKey))
    expect(shown.map(({ comment_count }) => comment_count)).toEqual([7, 0])
  }
  expect(queryClient.getQueryData(page)?.comment_count).toBe(7)
})
