import { oneOf, type RawSearch, textParam } from '@/lib/search'

const GROUPS = ['company', 'department', 'team', 'manager'] as const

/** Whose numbers, of which cycle. */
export interface InsightsSearch {
  cycle?: string
  group?: (typeof GROUPS)[number]
  id?: string
}

export function readInsightsSearch(raw: RawSearch): InsightsSearch {
  return {
    cycle: textParam(raw, 'cycle'),
    group: oneOf(raw, 'group', GROUPS),
    id: textParam(raw, 'id'),
  }
}
