import { createFileRoute, retainSearchParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/api/problem'
import { RouteError } from '@/components/ErrorPanel'
import { NotThereYet } from '@/components/LookingBack'
import { AccessCard } from '@/features/audit/AccessCard'
import { commentFeed } from '@/features/goals/comments/queries'
import { GoalPage } from '@/features/goals/GoalPage'
import { checkInFeed, goalOptions } from '@/features/goals/queries'
import { readGoalSearch } from '@/features/goals/search'

export const Route = createFileRoute('/_app/goals/$goalId')({
  validateSearch: readGoalSearch,
  search: { middlewares: [retainSearchParams(['as_of'])] },
  loaderDeps: ({ search: { as_of } }) => ({ as_of }),
  loader: async ({ context: { queryClient }, params: { goalId }, deps: { as_of } }) => {
    queryClient.prefetchInfiniteQuery(checkInFeed(goalId, as_of))
    queryClient.prefetchInfiniteQuery(commentFeed(goalId))
    await queryClient.ensureQueryData(goalOptions(goalId, as_of))
  },
  component: Goal,
  errorComponent: NoGoal,
})

/** Looking back further than a goal reaches is no mistake. */
function NoGoal({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const { as_of } = Route.useSearch()
  const navigate = Route.useNavigate()
  if (!as_of || !(error instanceof ApiError) || error.status !== 404) {
    return <RouteError error={error} />
  }
  return (
    <NotThereYet
      day={as_of}
      onDay={(day) => navigate({ search: { as_of: day } })}
      text={t('moment.notThereText')}
    />
  )
}

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
