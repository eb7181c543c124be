import { Anchor, Breadcrumbs, Card, Grid, Group, Stack, Text, Title } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalDetail } from '@/api/gen/types.gen'
import { MomentButton, MomentNote } from '@/components/LookingBack'
import { Markdown } from '@/components/Markdown'
import { PageHeader } from '@/components/PageHeader'
import { useFormat } from '@/i18n/format'
import { AgreementCard } from './AgreementCard'
import { AlignedGoals } from './AlignedGoals'
import { CheckInHistory } from './CheckInHistory'
import { ClosingsCard } from './ClosingsCard'
import { ConversationCard } from './comments/ConversationCard'
import { GoalActions } from './GoalActions'
import { GoalFacts } from './GoalFacts'
import { GoalMarks } from './GoalMarks'
import { GoalPeople } from './GoalPeople'
import { GoalStatusMenu } from './GoalStatusBadge'
import { Initiatives } from './Initiatives'
import { KeyResults } from './KeyResults'
import { LevelIcon } from './LevelIcon'
import { ProgressCard } from './ProgressCard'
import { goalOptions } from './queries'
import type { GoalSearch } from './search'
import { SimilarCard } from './similar/SimilarCard'

// Its forms are behind a click: they come once the page is drawn.
const GoalDialogs = lazy(async () => ({ default: (await import('./GoalDialogs')).GoalDialogs }))
// Only drafts are advised.
const DraftAdvice = lazy(async () => ({
  default: (await import('./smart/DraftAdvice')).DraftAdvice,
}))

export interface GoalPageProps {
  goalId: string
  search: GoalSearch
  onSearch: (change: Partial<GoalSearch>) => void
  /** Why it is visible and to whom, brought by the route: features are strangers. */
  access: ReactNode
}

function Ancestors({ goal }: { goal: GoalDetail }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (goal.ancestors.length === 0 && !goal.has_hidden_parent) return null
  return (
    <nav aria-label={t('goal.ancestors')}>
      <Breadcrumbs mb={6} separatorMargin={6} style={{ flexWrap: 'wrap' }}>
        {goal.has_hidden_parent && (
          <Text size="sm" c="dimmed">
            {t('goal.hiddenParent')}
          </Text>
        )}
        {goal.ancestors.map(({ id, title, progress }) => (
          <Anchor
            key={id}
            size="sm"
            renderRoot={(props) => <Link to="/goals/$goalId" params={{ goalId: id }} {...props} />}
          >
            {title}
            {progress !== null && (
              <Text span size="sm" c="dimmed" className="tabular">
                {' '}
                {format.percent(progress)}
              </Text>
            )}
          </Anchor>
        ))}
      </Breadcrumbs>
    </nav>
  )
}

function Subtitle({ goal }: { goal: GoalDetail }) {
  const { t } = useTranslation()
  const format = useFormat()
  const place = goal.department?.name ?? goal.team?.name ?? t(`goal.level.${goal.level}`)
  return (
    <Group gap={8} wrap="nowrap">
      <LevelIcon level={goal.level} />
      <Text>
        {place} · {goal.owner.name} · {t('goals.due', { date: format.date(goal.due_on) })}
      </Text>
    </Group>
  )
}

export function GoalPage({ goalId, search, onSearch, access }: GoalPageProps) {
  const { t } = useTranslation()
  const { data: goal } = useSuspenseQuery(goalOptions(goalId, search.as_of))
  const looksBack = search.as_of !== undefined
  const onDay = (as_of: string | undefined) => onSearch({ as_of })
  return (
    <>
      <PageHeader
        title={goal.title}
        breadcrumb={<Ancestors goal={goal} />}
        status={
          <>
            <GoalStatusMenu goal={goal} />
            <GoalMarks goal={goal} />
          </>
        }
        subtitle={<Subtitle goal={goal} />}
        actions={
          <>
            <MomentButton day={search.as_of} onDay={onDay} />
            {!looksBack && <GoalActions goal={goal} onSearch={onSearch} />}
          </>
        }
      />
      <MomentNote day={search.as_of} onDay={onDay} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="lg">
            <ProgressCard goal={goal} looksBack={looksBack} />
            {goal.driver !== 'goals' && <KeyResults goal={goal} onSearch={onSearch} />}
            <AlignedGoals goal={goal} onSearch={onSearch} />
            {!looksBack && (
              <>
                <Initiatives goal={goal} search={search} onSearch={onSearch} />
                <ConversationCard goalId={goal.id} />
              </>
            )}
            <CheckInHistory goalId={goal.id} asOf={search.as_of} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            {!looksBack && (
              <>
                <ClosingsCard goal={goal} />
                {goal.state === 'draft' && (
                  <Suspense>
                    <DraftAdvice goal={goal} onSearch={onSearch} />
                  </Suspense>
                )}
                <AgreementCard goal={goal} onSearch={onSearch} />
              </>
            )}
            {goal.description && (
              <Card>
                <Title order={2} mb="sm">
                  {t('goal.description')}
                </Title>
                <Markdown>{goal.description}</Markdown>
              </Card>
            )}
            <GoalPeople goal={goal} />
            <GoalFacts goal={goal} />
            <SimilarCard goalId={goal.id} />
            {access}
          </Stack>
        </Grid.Col>
      </Grid>
      {!looksBack && (
        <Suspense fallback={null}>
          <GoalDialogs goal={goal} search={search} onSearch={onSearch} />
        </Suspense>
      )}
    </>
  )
}
