import { createFileRoute, retainSearchParams } from '@tanstack/react-router'
import { PeoplePage } from '@/features/people/PeoplePage'
import { departmentsOptions, peopleFeed, teamsOptions } from '@/features/people/queries'
import { peopleQuery, readPeopleSearch } from '@/features/people/search'

export const Route = createFileRoute('/_app/people/')({
  validateSearch: readPeopleSearch,
  search: { middlewares: [retainSearchParams(['as_of'])] },
  loaderDeps: ({ search }) => peopleQuery(search),
  loader: ({ context: { queryClient }, deps }) => {
    queryClient.prefetchQuery(departmentsOptions())
    queryClient.prefetchQuery(teamsOptions())
    queryClient.prefetchInfiniteQuery(peopleFeed(deps))
  },
  component: People,
})

function People() {
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <PeoplePage
      search={search}
      onSearch={(change) =>
        navigate({ search: (before) => ({ ...before, ...change }), replace: !('new' in change) })
      }
    />
  )
}
