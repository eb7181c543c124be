import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { getOperationOptions } from '@/api/gen/@tanstack/react-query.gen'
import { setGoalsInBulk, takeBackGoals } from '@/api/gen/sdk.gen'
import type { GoalBulk, OperationDocument } from '@/api/gen/types.gen'
import { refreshGoals } from '../queries'
import type { BulkResult, TakenBack } from './bulk'

const LOOK_AGAIN_MS = 500

/** Asks for long work and follows it to its end. */
function useWork<Asked, Result>(start: (asked: Asked) => Promise<OperationDocument>) {
  const { mutate, reset, data, error, variables, isPending } = useMutation({
    mutationFn: start,
    meta: { handled: true },
  })
  const operation = useQuery({
    ...getOperationOptions({ path: { operation_id: data?.id ?? '' } }),
    enabled: data !== undefined,
    refetchInterval: ({ state }) => (state.data?.ended_at ? false : LOOK_AGAIN_MS),
  }).data
  const isOver = Boolean(operation?.ended_at)
  return {
    ask: mutate,
    reset,
    id: data?.id,
    asked: variables,
    problem: error,
    isRunning: isPending || (data !== undefined && !isOver),
    progress: operation?.progress ?? { done: 0, total: 0 },
    failure: operation?.status === 'failed' ? (operation.failure ?? '') : null,
    result: (isOver ? operation?.result : null) as Result | null,
  }
}

/** A dry run or the goals themselves; and afterwards, taking them back. */
export function useBulk() {
  const queryClient = useQueryClient()
  const set = useWork<GoalBulk, BulkResult>(
    async (body) => (await setGoalsInBulk({ body })).data as OperationDocument,
  )
  const back = useWork<string, TakenBack>(
    async (operation_id) =>
      (await takeBackGoals({ path: { operation_id } })).data as OperationDocument,
  )
  const mode = set.asked?.mode
  const changed = (mode === 'apply' && set.result !== null ? 1 : 0) + (back.result ? 1 : 0)
  useEffect(() => {
    if (changed > 0) refreshGoals(queryClient)
  }, [changed, queryClient])
  return { ...set, mode, back }
}
