import { useQueryClient } from '@tanstack/react-query'
import {
  listGoalCommentRepliesInfiniteOptions,
  listGoalCommentRepliesQueryKey,
  listGoalCommentsInfiniteOptions,
  listGoalCommentsQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { cursorFeed } from '@/api/paging'

export const commentFeed = (goalId: string) =>
  cursorFeed(listGoalCommentsInfiniteOptions({ path: { goal_id: goalId }, query: { limit: 20 } }))

/** The newest first, as the thread carries the first few of them. */
export const replyFeed = (commentId: string) =>
  cursorFeed(
    listGoalCommentRepliesInfiniteOptions({
      path: { goal_comment_id: commentId },
      query: { limit: 50 },
    }),
  )

export function useRefreshComments(goalId: string) {
  const queryClient = useQueryClient()
  const path = { goal_id: goalId, goal_comment_id: '' }
  const ids = [listGoalCommentsQueryKey({ path }), listGoalCommentRepliesQueryKey({ path })]
  const known = new Set<string | undefined>(ids.map(([{ _id }]) => _id))
  return () =>
    queryClient.invalidateQueries({
      predicate: ({ queryKey: [key] }) => known.has((key as { _id?: string } | undefined)?._id),
    })
}
