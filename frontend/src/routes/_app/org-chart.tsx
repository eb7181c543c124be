import { createFileRoute, retainSearchParams } from '@tanstack/react-router'
import { OrgChartPage } from '@/features/people/org-chart/OrgChartPage'
import { readOrgChartSearch } from '@/features/people/org-chart/search'
import { orgChartOptions } from '@/features/people/queries'

export const Route = createFileRoute('/_app/org-chart')({
  validateSearch: readOrgChartSearch,
  search: { middlewares: [retainSearchParams(['as_of'])] },
  loaderDeps: ({ search: { as_of } }) => ({ as_of }),
  loader: ({ context, deps }) => context.queryClient.ensureQueryData(orgChartOptions(deps.as_of)),
  component: OrgChart,
})

function OrgChart() {
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <OrgChartPage
      search={search}
      onSearch={(change) =>
        navigate({
          search: (before) => ({ ...before, ...change }),
          replace: true,
          resetScroll: false,
        })
      }
    />
  )
}
