import type { ExportGoalsData, GoalCycle } from '@/api/gen/types.gen'
import { currentCycle } from './queries'
import { type GoalsSearch, isAside } from './search'

type ExportQuery = NonNullable<ExportGoalsData['query']>

/** What the goals page shows, as the API is asked for it. */
export function exportQuery(search: GoalsSearch, cycles: GoalCycle[], me: string): ExportQuery {
  const { q, level, owner, state, status } = search
  // What one contributes to is among one's goals.
  const theirs = owner === me ? { person_id: owner } : { owner_id: owner }
  if (isAside(state)) return { state, q, level, person_id: owner, cycle_id: search.cycle }
  const cycle = cycles.find(({ id }) => id === search.cycle) ?? currentCycle(cycles)
  return {
    q,
    level,
    state,
    status,
    ...theirs,
    cycle_id: cycle?.id,
    sort: search.view === 'table' && /due/.test(search.sort ?? 'due') ? 'due_on' : 'title',
  }
}
