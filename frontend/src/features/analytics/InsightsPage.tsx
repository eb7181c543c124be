import { Anchor, Button, Card, Select, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconChartBar, IconDownload, IconEyeOff } from '@tabler/icons-react'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { exportGoalInsights } from '@/api/gen/sdk.gen'
import type { GoalCycle, GoalInsights } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { EmptyState } from '@/components/EmptyState'
import { PageHeader } from '@/components/PageHeader'
import { today } from '@/lib/dates'
import { saveFile } from '@/lib/files'
import { GoalsBehind } from './GoalsBehind'
import { GroupSelect } from './GroupSelect'
import { NumberCards } from './NumberCards'
import { PartsTable } from './PartsTable'
import { insightsOptions, queryOf } from './queries'
import type { InsightsSearch } from './search'

const TrendChart = lazy(() => import('@/charts/TrendChart'))

interface InsightsPageProps {
  search: InsightsSearch
  cycles: GoalCycle[]
  onSearch: (next: InsightsSearch) => void
}

/** How the goals stand, of how many that is said, and how it is counted. */
export function InsightsPage({ search, cycles, onSearch }: InsightsPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  // What is shown stays until the next is here: a chart that is hidden meanwhile has no width.
  const { data: insights } = useSuspenseQuery(insightsOptions(useDeferredValue(search)))
  const { group, cycle } = insights
  const download = useMutation({
    mutationFn: async () =>
      (await exportGoalInsights({ query: queryOf(search), parseAs: 'blob' })).data,
    onSuccess: (file) =>
      saveFile(new Blob([file], { type: 'text/csv' }), `goal-insights-${today()}.csv`),
  })
  const isYours = group.kind === 'manager' && group.id === me.person.id
  const isElsewhere = group.kind !== 'company' && !isYours
  return (
    <>
      <PageHeader
        title={t('insights.title')}
        subtitle={isElsewhere ? group.name : t('insights.subtitle')}
        breadcrumb={
          isElsewhere && (
            <Anchor
              size="sm"
              renderRoot={(props) => (
                <Link to="/analytics" search={{ cycle: search.cycle }} {...props} />
              )}
            >
              {t('insights.group.company')}
            </Anchor>
          )
        }
        actions={
          <>
            <GroupSelect
              shown={group}
              onGroup={(chosen) => onSearch({ cycle: search.cycle, ...chosen })}
            />
            <Select
              aria-label={t('insights.cycle')}
              w={180}
              allowDeselect={false}
              value={cycle?.id ?? null}
              placeholder={t('insights.noCycle')}
              data={cycles.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(id) => onSearch({ ...search, cycle: id ?? undefined })}
            />
            <Button
              variant="default"
              leftSection={<IconDownload size={17} stroke={1.7} />}
              loading={download.isPending}
              onClick={() => download.mutate()}
            >
              {t('insights.export')}
            </Button>
          </>
        }
      />
      <Stack gap="lg">
        <Numbers insights={insights} />
        {insights.parts.length > 0 && <PartsTable insights={insights} cycle={search.cycle} />}
        {insights.trend.length > 1 && <Trend insights={insights} />}
      </Stack>
      {search.behind && (
        <GoalsBehind
          search={search}
          counted={search.behind}
          onClosed={() => onSearch({ ...search, behind: undefined })}
        />
      )}
    </>
  )
}

function Numbers({ insights }: { insights: GoalInsights }) {
  const { t } = useTranslation()
  const { numbers, minimum } = insights
  if (numbers === null) {
    return (
      <Card>
        <EmptyState icon={IconEyeOff} title={t('insights.few')}>
          {t('insights.fewText', { goals: minimum.goals, owners: minimum.owners })}
        </EmptyState>
      </Card>
    )
  }
  if (numbers.goals === 0) {
    return (
      <Card>
        <EmptyState
          icon={IconChartBar}
          title={t('insights.empty')}
          example={t('insights.emptyExample')}
          action={
            <Button variant="light" renderRoot={(props) => <Link to="/goals" {...props} />}>
              {t('insights.toGoals')}
            </Button>
          }
        >
          {t('insights.emptyText')}
        </EmptyState>
      </Card>
    )
  }
  return <NumberCards numbers={numbers} />
}

function Trend({ insights }: { insights: GoalInsights }) {
  const { t } = useTranslation()
  return (
    <Card component="section" aria-labelledby="trend">
      <Title order={2} size="h4" id="trend">
        {t('insights.trend')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('insights.trendHint')}
      </Text>
      <Suspense fallback={<Skeleton h={280} mt="md" />}>
        <TrendChart points={insights.trend} label={t('insights.trend')} />
      </Suspense>
    </Card>
  )
}
