import { oneOf, type RawSearch, textParam } from '@/lib/search'

const COUNTED = [
  'goals',
  'active',
  'closed',
  'cancelled',
  'archived',
  'on_track',
  'at_risk',
  'off_track',
  'no_number',
  'measured',
  'waiting',
  'in_rhythm',
  'out_of_rhythm',
  'stale',
  'could_serve',
  'serving',
  'serving_none',
] as const
export type Counted = (typeof COUNTED)[number]

const GROUPS = ['company', 'department', 'team', 'manager'] as const

/** Whose numbers, of which cycle. */
export interface InsightsSearch {
  cycle?: string
  group?: (typeof GROUPS)[number]
  id?: string
  /** The number whose goals are shown. */
  behind?: Counted
}

export function readInsightsSearch(raw: RawSearch): InsightsSearch {
  return {
    cycle: textParam(raw, 'cycle'),
    group: oneOf(raw, 'group', GROUPS),
    id: textParam(raw, 'id'),
    behind: oneOf(raw, 'behind', COUNTED),
  }
}
