import { createFileRoute, retainSearchParams } from '@tanstack/react-router'
import { GoalsPage } from '@/features/goals/GoalsPage'
import { currentCycle, cyclesOptions, goalTreeOptions } from '@/features/goals/queries'
import { readGoalsSearch } from '@/features/goals/search'

export const Route = createFileRoute('/_app/goals/')({
  validateSearch: readGoalsSearch,
  search: { middlewares: [retainSearchParams(['as_of'])] },
  loaderDeps: ({ search: { cycle, as_of } }) => ({ cycle, as_of }),
  loader: async ({ context: { queryClient }, deps }) => {
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
