import { useQueryClient } from '@tanstack/react-query'
import {
  listGoalCommentsInfiniteOptions,
  listGoalCommentsQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { cursorFeed } from '@/api/paging'

export const commentFeed = (goalId: string) =>
  cursorFeed(listGoalCommentsInfiniteOptions({ path: { goal_id: goalId }, query: { limit: 20 } }))

export function useRefreshComments(goalId: string) {
  const queryClient = useQueryClient()
  const { _id } = listGoalCommentsQueryKey({ path: { goal_id: goalId } })[0]
  return () =>
    queryClient.invalidateQueries({
      predicate: ({ queryKey: [key] }) => (key as { _id?: string } | undefined)?._id === _id,
    })
}
