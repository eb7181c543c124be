import { Grid } from '@mantine/core'
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listNeedsOptions } from '@/api/gen/@tanstack/react-query.gen'
import { meOptions, useMe } from '@/api/me'
import { PageHeader } from '@/components/PageHeader'
import { CheckInDrawer } from '@/features/goals/CheckInDrawer'
import { CompanyGoals } from '@/features/goals/CompanyGoals'
import { GoalList } from '@/features/goals/GoalList'
import {
  currentCycle,
  cyclesOptions,
  goalTreeOptions,
  runningGoalsFeed,
} from '@/features/goals/queries'
import { StandingCards } from '@/features/goals/StandingCards'
import { NeedsCard } from '@/features/notifications/NeedsCard'
import { dayPart } from '@/lib/dates'
import { textParam } from '@/lib/search'

export const Route = createFileRoute('/_app/')({
  validateSearch: (raw): { check_in?: string } => ({ check_in: textParam(raw, 'check_in') }),
  loader: async ({ context: { queryClient } }) => {
    const me = await queryClient.ensureQueryData(meOptions())
    queryClient.prefetchQuery(listNeedsOptions())
    queryClient.prefetchInfiniteQuery(runningGoalsFeed(me.person.id))
    const cycles = await queryClient.ensureQueryData(cyclesOptions())
    await queryClient.ensureQueryData(goalTreeOptions(currentCycle(cycles)?.id))
  },
  component: Home,
})

function Home() {
  const { t } = useTranslation()
  const me = useMe()
  const { check_in } = Route.useSearch()
  const navigate = Route.useNavigate()
  const checkIn = (goalId: string | undefined) => navigate({ search: { check_in: goalId } })
  const name = me.person.name.split(' ')[0]
  return (
    <>
      <PageHeader
        title={t(`home.greeting.${dayPart(new Date())}`, { name })}
        subtitle={t('home.subtitle')}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <NeedsCard onCheckIn={checkIn} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <GoalList
            title={t('home.myGoals')}
            ownerId={me.person.id}
            onCheckIn={(goal) => checkIn(goal.id)}
            onNew={() => navigate({ to: '/goals', search: { new: true } })}
          />
        </Grid.Col>
        <Grid.Col span={12}>
          <StandingCards />
        </Grid.Col>
        <Grid.Col span={12}>
          <CompanyGoals />
        </Grid.Col>
      </Grid>
      {check_in && <CheckInDrawer goalId={check_in} onClosed={() => checkIn(undefined)} />}
    </>
  )
}
