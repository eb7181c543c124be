import { Button } from '@mantine/core'
import { IconHeartHandshake, IconMessageQuestion } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, retainSearchParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { ApiError } from '@/api/problem'
import { RouteError } from '@/components/ErrorPanel'
import { NotThereYet } from '@/components/LookingBack'
import { GoalList } from '@/features/goals/GoalList'
import { runningGoalsFeed } from '@/features/goals/queries'
import { PersonPage } from '@/features/people/PersonPage'
import { personOptions, reportsFeed } from '@/features/people/queries'
import { readPersonSearch } from '@/features/people/search'

// The forms are behind a click: they come once the page is drawn.
const MyFeedbackDrawers = lazy(async () => ({
  default: (await import('@/features/feedback/MyFeedbackDrawers')).MyFeedbackDrawers,
}))

export const Route = createFileRoute('/_app/people/$personId')({
  validateSearch: readPersonSearch,
  search: { middlewares: [retainSearchParams(['as_of'])] },
  loaderDeps: ({ search: { as_of } }) => ({ as_of }),
  loader: async ({ context: { queryClient }, params: { personId }, deps: { as_of } }) => {
    queryClient.prefetchInfiniteQuery(reportsFeed(personId, as_of))
    queryClient.prefetchInfiniteQuery(runningGoalsFeed(personId))
    await queryClient.ensureQueryData(personOptions(personId, as_of))
  },
  component: Person,
  errorComponent: Nobody,
})

/** Looking back further than somebody is known is no mistake. */
function Nobody({ error }: { error: unknown }) {
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
      text={t('moment.nobodyYet')}
    />
  )
}

function Writing({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const me = useMe()
  const { write } = Route.useSearch()
  const navigate = Route.useNavigate()
  const { data: person } = useSuspenseQuery(personOptions(personId))
  if (personId === me.person.id || person.status === 'left') return null
  const open = (next: typeof write) => navigate({ search: { write: next }, resetScroll: false })
  return (
    <>
      <Button leftSection={<IconHeartHandshake size={17} />} onClick={() => open('praise')}>
        {t('feedback.praise')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconMessageQuestion size={17} />}
        onClick={() => open('ask')}
      >
        {t('requests.new')}
      </Button>
      {write && (
        <Suspense fallback={null}>
          <MyFeedbackDrawers
            search={{ to: personId, ...(write === 'ask' ? { ask: true } : { give: write }) }}
            onClosed={() => open(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}

function Person() {
  const { t } = useTranslation()
  const { personId } = Route.useParams()
  const { dialog, as_of } = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <PersonPage
      key={personId}
      personId={personId}
      dialog={dialog}
      onDialog={(next) => navigate({ search: { dialog: next }, resetScroll: false })}
      asOf={as_of}
      onDay={(day) => navigate({ search: { as_of: day }, resetScroll: false })}
      goals={!as_of && <GoalList title={t('person.goals')} ownerId={personId} />}
      acts={!as_of && <Writing personId={personId} />}
    />
  )
}
