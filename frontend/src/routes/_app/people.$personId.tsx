import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { GoalList } from '@/features/goals/GoalList'
import { runningGoalsFeed } from '@/features/goals/queries'
import { PersonPage } from '@/features/people/PersonPage'
import { personOptions, reportsFeed } from '@/features/people/queries'
import { PERSON_DIALOGS, type PersonDialog } from '@/features/people/search'
import { oneOf } from '@/lib/search'

export const Route = createFileRoute('/_app/people/$personId')({
  validateSearch: (raw): { dialog?: PersonDialog } => ({
    dialog: oneOf(raw, 'dialog', PERSON_DIALOGS),
  }),
  loader: async ({ context: { queryClient }, params: { personId } }) => {
    queryClient.prefetchInfiniteQuery(reportsFeed(personId))
    queryClient.prefetchInfiniteQuery(runningGoalsFeed(personId))
    await queryClient.ensureQueryData(personOptions(personId))
  },
  component: Person,
})

function Person() {
  const { t } = useTranslation()
  const { personId } = Route.useParams()
  const { dialog } = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <PersonPage
      key={personId}
      personId={personId}
      dialog={dialog}
      onDialog={(next) => navigate({ search: { dialog: next }, resetScroll: false })}
      goals={<GoalList title={t('person.goals')} ownerId={personId} />}
    />
  )
}
