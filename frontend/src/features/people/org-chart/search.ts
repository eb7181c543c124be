import { dateParam, oneOf, type RawSearch, textParam } from '@/lib/search'

const VIEWS = ['chart', 'list'] as const

export interface OrgChartSearch {
  focus?: string
  as_of?: string
  view?: (typeof VIEWS)[number]
}

export function readOrgChartSearch(raw: RawSearch): OrgChartSearch {
  return {
    focus: textParam(raw, 'focus'),
    as_of: dateParam(raw, 'as_of'),
    view: oneOf(raw, 'view', VIEWS),
  }
}
