import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { listGoalViewsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { listGoalViews } from '@/api/gen/sdk.gen'
import { everyItem } from '@/api/paging'

export const viewsOptions = () =>
  queryOptions({
    queryKey: [{ ...listGoalViewsQueryKey()[0], every: true }] as const,
    queryFn: ({ signal }) => everyItem((query) => listGoalViews({ query, signal })),
    staleTime: 5 * 60_000,
  })

export function useRefreshViews() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: viewsOptions().queryKey })
}
