import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query'
import {
  getGoalOptions,
  getGoalProvenanceQueryKey,
  getGoalQueryKey,
  getGoalTreeOptions,
  getGoalTreeQueryKey,
  getSimilarGoalsQueryKey,
  listGoalCheckInsInfiniteOptions,
  listGoalCheckInsQueryKey,
  listGoalClosingsInfiniteOptions,
  listGoalClosingsQueryKey,
  listGoalCyclesQueryKey,
  listGoalNegotiationsInfiniteOptions,
  listGoalNegotiationsQueryKey,
  listGoalsInfiniteOptions,
  listGoalsQueryKey,
  listInitiativesInfiniteOptions,
  listInitiativesQueryKey,
  listNeedsQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { listGoalCycles } from '@/api/gen/sdk.gen'
import type { GoalCycle } from '@/api/gen/types.gen'
import { cursorFeed, everyItem } from '@/api/paging'
import type { GoalsSearch, StateAside } from './search'

/** `asOf`: as it was on that day. */
export const goalOptions = (goalId: string, asOf?: string) =>
  getGoalOptions({ path: { goal_id: goalId }, ...(asOf && { query: { as_of: asOf } }) })

export const goalTreeOptions = (cycleId: string | undefined, asOf?: string) =>
  getGoalTreeOptions({ query: { cycle_id: cycleId, as_of: asOf } })

/** The running goals that a person owns or contributes to, what is due first above. */
export const runningGoalsFeed = (personId: string) =>
  cursorFeed(
    listGoalsInfiniteOptions({
      query: { person_id: personId, state: 'active', sort: 'due_on', limit: 50 },
    }),
  )

/** Of all cycles, unless one is named. */
export const goalsAsideFeed = (search: GoalsSearch, state: StateAside) => {
  const { q, level, owner, as_of, cycle } = search
  return cursorFeed(
    listGoalsInfiniteOptions({
      query: { state, q, level, person_id: owner, cycle_id: cycle, as_of, limit: 100 },
    }),
  )
}

export const closingsFeed = (goalId: string) =>
  cursorFeed(listGoalClosingsInfiniteOptions({ path: { goal_id: goalId }, query: { limit: 10 } }))

export const negotiationsFeed = (goalId: string) =>
  cursorFeed(
    listGoalNegotiationsInfiniteOptions({ path: { goal_id: goalId }, query: { limit: 5 } }),
  )

export const initiativesFeed = (goalId: string) =>
  cursorFeed(listInitiativesInfiniteOptions({ path: { goal_id: goalId }, query: { limit: 100 } }))

export const checkInFeed = (goalId: string, asOf?: string) =>
  cursorFeed(
    listGoalCheckInsInfiniteOptions({
      path: { goal_id: goalId },
      query: { limit: 100, ...(asOf && { as_of: asOf }) },
    }),
  )

export const cyclesOptions = () =>
  queryOptions({
    queryKey: [{ ...listGoalCyclesQueryKey()[0], every: true }] as const,
    queryFn: ({ signal }) => everyItem((query) => listGoalCycles({ query, signal })),
    staleTime: 5 * 60_000,
  })

/** The cycle that people mean when they name none: the running one, or else the latest. */
export function currentCycle(cycles: GoalCycle[], asOf?: string): GoalCycle | undefined {
  const latestFirst = cycles.toSorted((a, b) => b.starts_on.localeCompare(a.starts_on))
  const ran = ({ starts_on, ends_on, state }: GoalCycle) =>
    asOf ? starts_on <= asOf && asOf <= ends_on : state === 'active'
  return latestFirst.find(ran) ?? latestFirst[0]
}

const somewhere = { path: { goal_id: '' } }
const MOVED_BY_A_GOAL: string[] = [
  getGoalProvenanceQueryKey(somewhere),
  getGoalQueryKey(somewhere),
  getGoalTreeQueryKey(),
  getSimilarGoalsQueryKey(somewhere),
  listGoalsQueryKey(),
  listGoalCheckInsQueryKey(somewhere),
  listGoalClosingsQueryKey(somewhere),
  listGoalNegotiationsQueryKey(somewhere),
  listInitiativesQueryKey(somewhere),
  listNeedsQueryKey(),
].map(([{ _id }]) => _id)

/** A goal moves its ancestors, so that whatever shows goals is read again. */
export function refreshGoals(queryClient: QueryClient) {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey: [key] }) =>
      MOVED_BY_A_GOAL.includes((key as { _id?: string } | undefined)?._id ?? ''),
  })
}

export function useRefreshGoals() {
  const queryClient = useQueryClient()
  return () => refreshGoals(queryClient)
}
