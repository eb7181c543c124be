import type { GoalView, GoalViewQuery } from '@/api/gen/types.gen'
import type { GoalsSearch } from '../search'

/** What the address asks for, as the API keeps it: "me" is whoever opens the view. */
export function viewQuery(search: GoalsSearch, me: string): GoalViewQuery {
  const isMine = search.owner === me
  return {
    cycle_id: search.cycle ?? null,
    q: search.q ?? null,
    level: search.level ?? null,
    status: search.status ?? null,
    state: search.state ?? null,
    owner_id: isMine ? null : (search.owner ?? null),
    is_mine: isMine,
    layout: search.view ?? 'tree',
    sort: search.sort ?? null,
    columns: search.columns ?? null,
  }
}

/** Nothing is asked for: all goals of the running cycle. */
export const EVERYTHING: GoalsSearch = {
  cycle: undefined,
  q: undefined,
  level: undefined,
  status: undefined,
  state: undefined,
  owner: undefined,
  view: undefined,
  sort: undefined,
  columns: undefined,
  saved: undefined,
}

export function searchOf({ id, query }: Pick<GoalView, 'id' | 'query'>, me: string): GoalsSearch {
  return {
    cycle: query.cycle_id ?? undefined,
    q: query.q ?? undefined,
    level: query.level ?? undefined,
    status: query.status ?? undefined,
    state: query.state ?? undefined,
    owner: (query.is_mine ? me : query.owner_id) ?? undefined,
    view: query.layout === 'tree' ? undefined : query.layout,
    sort: query.sort ?? undefined,
    columns: query.columns ?? undefined,
    saved: id,
  }
}

/** Whether the page asks for something else than the view that was opened. */
export function isChanged(search: GoalsSearch, view: GoalView, me: string): boolean {
  const now = viewQuery(search, me)
  const kept = viewQuery(searchOf(view, me), me)
  return JSON.stringify(now) !== JSON.stringify(kept)
}

export function asksForNothing(search: GoalsSearch): boolean {
  return Object.values(search).every((value) => value === undefined)
}
