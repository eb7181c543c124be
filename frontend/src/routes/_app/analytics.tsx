import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { InsightsPage } from '@/features/analytics/InsightsPage'
import { insightGroupsOptions, insightsOptions } from '@/features/analytics/queries'
import { readInsightsSearch } from '@/features/analytics/search'
import { cyclesOptions } from '@/features/goals/queries'

export const Route = createFileRoute('/_app/analytics')({
  validateSearch: readInsightsSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queryClient }, deps }) => {
    queryClient.prefetchQuery(insightsOptions(deps))
    await Promise.all([
      queryClient.ensureQueryData(cyclesOptions()),
      queryClient.ensureQueryData(insightGroupsOptions()),
    ])
  },
  component: Insights,
})

function Insights() {
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const { data: cycles } = useSuspenseQuery(cyclesOptions())
  return (
    <InsightsPage
      search={search}
      cycles={cycles.filter((cycle) => cycle.state !== 'upcoming')}
      onSearch={(next) => navigate({ search: next, resetScroll: false })}
    />
  )
}
