import { createFileRoute, redirect, retainSearchParams } from '@tanstack/react-router'
import { meOptions } from '@/api/me'
import { GoalsPage } from '@/features/goals/GoalsPage'
import { currentCycle, cyclesOptions, goalTreeOptions } from '@/features/goals/queries'
import { viewsOptions } from '@/features/goals/saved/queries'
import { asksForNothing, searchOf } from '@/features/goals/saved/viewQuery'
import { readGoalsSearch } from '@/features/goals/search'

export const Route = createFileRoute('/_app/goals/')({
  validateSearch: readGoalsSearch,
  search: { middlewares: [retainSearchParams(['as_of'])] },
  loaderDeps: ({ search }) => ({
    cycle: search.cycle,
    as_of: search.as_of,
    isPlain: asksForNothing(search),
  }),
  loader: async ({ context: { queryClient }, deps, cause }) => {
    // Whoever has a default begins with it; on the page itself, nothing asked for means all.
    if (deps.isPlain && cause !== 'stay') {
      const [views, me] = await Promise.all([
        queryClient.ensureQueryData(viewsOptions()),
        queryClient.ensureQueryData(meOptions()),
      ])
      const first = views.find((view) => view.is_default)
      if (first) {
        throw redirect({ to: '/goals', search: searchOf(first, me.person.id), replace: true })
      }
    } else {
      queryClient.prefetchQuery(viewsOptions())
    }
    const cycles = await queryClient.ensureQueryData(cyclesOptions())
    const chosen =
      cycles.find((cycle) => cycle.id === deps.cycle) ?? currentCycle(cycles, deps.as_of)
    await queryClient.ensureQueryData(goalTreeOptions(chosen?.id, deps.as_of))
  },
  component: Goals,
})

const DIALOGS = ['new', 'under', 'check_in']

function Goals() {
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <GoalsPage
      search={search}
      onSearch={(change) =>
        navigate({
          search: (before) => ({ ...before, ...change }),
          replace: !DIALOGS.some((name) => name in change),
          resetScroll: false,
        })
      }
    />
  )
}
