import { getGoalInsightsOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { InsightsSearch } from './search'

export const queryOf = ({ cycle, group, id }: InsightsSearch) => ({ cycle_id: cycle, group, id })

export const insightsOptions = (search: InsightsSearch) =>
  getGoalInsightsOptions({ query: queryOf(search) })
