import {
  getGoalInsightsOptions,
  listGoalsBehindInsightsInfiniteOptions,
  readInsightGroupsOptions,
} from '@/api/gen/@tanstack/react-query.gen'
import { cursorFeed } from '@/api/paging'
import type { Counted, InsightsSearch } from './search'

export const queryOf = ({ cycle, group, id }: InsightsSearch) => ({ cycle_id: cycle, group, id })

export const insightsOptions = (search: InsightsSearch) =>
  getGoalInsightsOptions({ query: queryOf(search) })

export const insightGroupsOptions = () => readInsightGroupsOptions()

export const goalsBehindFeed = (search: InsightsSearch, counted: Counted) =>
  cursorFeed(
    listGoalsBehindInsightsInfiniteOptions({
      query: { ...queryOf(search), counted, limit: 50 },
    }),
  )
