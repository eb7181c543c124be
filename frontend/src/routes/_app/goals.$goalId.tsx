import { createFileRoute } from '@tanstack/react-router'
import { AccessCard } from '@/features/audit/AccessCard'
import { commentFeed } from '@/features/goals/comments/queries'
import { GoalPage } from '@/features/goals/GoalPage'
import { checkInFeed, goalOptions } from '@/features/goals/queries'
import { readGoalSearch } from '@/features/goals/search'

export const Route = createFileRoute('/_app/goals/$goalId')({
  validateSearch: readGoalSearch,
  loader: async ({ context: { queryClient }, params: { goalId } }) => {
    queryClient.prefetchInfiniteQuery(checkInFeed(goalId))
    queryClient.prefetchInfiniteQuery(commentFeed(goalId))
    await queryClient.ensureQueryData(goalOptions(goalId))
  },
  component: Goal,
})

function Goal() {
  const { goalId } = Route.useParams()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <GoalPage
      key={goalId}
      goalId={goalId}
      search={search}
      onSearch={(change) =>
        navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false })
      }
      access={<AccessCard resource="goals" id={goalId} />}
    />
  )
}
