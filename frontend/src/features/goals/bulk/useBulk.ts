import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { getOperationOptions } from '@/api/gen/@tanstack/react-query.gen'
import { setGoalsInBulk } from '@/api/gen/sdk.gen'
import type { GoalBulk } from '@/api/gen/types.gen'
import { refreshGoals } from '../queries'
import type { BulkResult } from './bulk'

const LOOK_AGAIN_MS = 500

/** Asks for a dry run or for the goals themselves, and follows the operation to its end. */
export function useBulk() {
  const queryClient = useQueryClient()
  const start = useMutation({
    mutationFn: async (body: GoalBulk) => (await setGoalsInBulk({ body })).data,
    meta: { handled: true },
  })
  const operation = useQuery({
    ...getOperationOptions({ path: { operation_id: start.data?.id ?? '' } }),
    enabled: start.data !== undefined,
    refetchInterval: ({ state }) => (state.data?.ended_at ? false : LOOK_AGAIN_MS),
  }).data
  const isOver = Boolean(operation?.ended_at)
  const isApplied = isOver && start.variables?.mode === 'apply' && operation?.status === 'succeeded'
  useEffect(() => {
    if (isApplied) refreshGoals(queryClient)
  }, [isApplied, queryClient])
  const mode = start.variables?.mode
  return {
    ask: start.mutate,
    reset: start.reset,
    problem: start.error,
    mode,
    isRunning: start.isPending || (start.data !== undefined && !isOver),
    progress: operation?.progress ?? { done: 0, total: 0 },
    failure: operation?.status === 'failed' ? (operation.failure ?? '') : null,
    result: (isOver ? operation?.result : null) as BulkResult | null,
  }
}
